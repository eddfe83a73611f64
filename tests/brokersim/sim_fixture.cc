#include "tests/brokersim/sim_fixture.h"

#include "ledger/base/assert.h"
#include "ledger/base/byte_size.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>

#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace tools::brokersim {

using ledger::text::JsonValue;

TemporaryDirectory::TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "brokersim-XXXXXX").string();
    LEDGER_ASSERT(::mkdtemp(name.data()) != nullptr);
    path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::filesystem::remove_all(path_);
}

std::string TemporaryDirectory::file(std::string_view name) const {
    return path_ / name;
}

JsonValue Answer::json() const {
    auto parsed = ledger::text::parse_json(body);
    INFO(body);
    REQUIRE(parsed.has_value());
    return std::move(parsed).value();
}

RawClient::RawClient(std::uint16_t port)
    : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval timeout{client_timeout_s, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    const int connected =
        ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    LEDGER_ASSERT(connected == 0);
}

RawClient::~RawClient() {
    ::close(descriptor_);
}

void RawClient::send(std::string_view bytes) const {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    LEDGER_ASSERT(sent == static_cast<ssize_t>(bytes.size()));
}

Answer RawClient::receive() const {
    std::string text;
    std::size_t expected = std::string::npos;
    std::size_t head = std::string::npos;
    std::array<char, 16 * ledger::kib> buffer{};
    while (expected == std::string::npos || text.size() < expected) {
        const ssize_t got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
        LEDGER_ASSERT(got >= 0 || errno == ECONNRESET);
        if (got <= 0) break;
        text.append(buffer.data(), static_cast<std::size_t>(got));
        head = text.find("\r\n\r\n");
        const std::size_t field = text.find("content-length: ");
        if (head == std::string::npos || field == std::string::npos) continue;
        std::size_t length = 0;
        std::from_chars(text.data() + field + 16, text.data() + head, length);
        expected = head + 4 + length;
    }
    Answer answer;
    if (head == std::string::npos) return answer;
    std::from_chars(text.data() + 9, text.data() + 12, answer.status);
    answer.body = text.substr(head + 4);
    answer.whole = text.size() == expected;
    return answer;
}

std::string request_text(const Call& call) {
    std::string text = call.method + " " + call.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    if (!call.token.empty()) text += "authorization: " + call.token + "\r\n";
    if (!call.body.empty()) text += "content-type: application/json\r\n";
    return text + "content-length: " + std::to_string(call.body.size()) + "\r\n\r\n" + call.body;
}

Answer exchange(std::uint16_t port, const Call& call) {
    const RawClient client{port};
    client.send(request_text(call));
    return client.receive();
}

std::string log_in(std::uint16_t port, const std::string& app_key) {
    const Call call{"POST",
                    "/interactive/user/session",
                    R"({"secretKey":"s","appKey":")" + app_key + R"(","source":"WEBAPI"})",
                    {}};
    const JsonValue answer = exchange(port, call).json();
    REQUIRE(answer.find("result") != nullptr);
    const JsonValue* token = answer.find("result")->find("token");
    REQUIRE(token != nullptr);
    return token->text();
}

std::string recorded_place(std::string_view reference) {
    return R"({"exchangeSegment":"NSECM","exchangeInstrumentID":2885,"productType":"MIS",)"
           R"("orderType":"LIMIT","orderSide":"BUY","timeInForce":"DAY","disclosedQuantity":0,)"
           R"("orderQuantity":10,"limitPrice":1405.05,"stopPrice":0,"orderUniqueIdentifier":")" +
           std::string{reference} + R"(","apiOrderSource":"","clientID":"TEST"})";
}

std::uint16_t port_of(const std::string& url) {
    std::uint16_t port = 0;
    std::from_chars(url.data() + url.rfind(':') + 1, url.data() + url.size(), port);
    return port;
}

SimConfig quiet_config() {
    SimConfig config;
    config.listen = "127.0.0.1:0";
    config.journal.clear();
    return config;
}

RunningSim::RunningSim(const SimConfig& config) {
    auto sim = Brokersim::start(context_, config, [](const ledger::Error&) { std::abort(); });
    INFO((sim ? std::string{} : sim.error().detail));
    REQUIRE(sim.has_value());
    sim_ = std::move(sim).value();
    port_ = port_of(sim_->url());
    thread_ = std::thread{[this] { context_.run(); }};
    token_ = log_in(port_, "TEST");
}

RunningSim::~RunningSim() {
    context_.stop();
    thread_.join();
}

Answer RunningSim::call(std::string_view method, std::string_view target, std::string body) const {
    const Call call{std::string{method}, std::string{target}, std::move(body), token_};
    return exchange(port_, call);
}

Answer RunningSim::place(std::string_view reference) const {
    return call("POST", "/interactive/orders", recorded_place(reference));
}

JsonValue RunningSim::accepted(std::string_view reference) const {
    const JsonValue answer = call("GET", "/sim/accepted").json();
    for (const JsonValue& order : answer.find("orders")->items())
        if (order.find("orderUniqueIdentifier")->text() == reference) return order;
    return JsonValue::make_null();
}

const std::string& text_at(const JsonValue& value, std::string_view name) {
    INFO(name);
    REQUIRE(value.find(name) != nullptr);
    return value.find(name)->text();
}

std::string id_of(const Answer& placed) {
    REQUIRE(placed.status == 200);
    const JsonValue body = placed.json();
    return text_at(*body.find("result"), "AppOrderID");
}

void check_error(const Answer& answer, int status, const std::string& code) {
    CHECK(answer.status == status);
    const JsonValue body = answer.json();
    CHECK(text_at(body, "type") == "error");
    CHECK(text_at(body, "code") == code);
}

}  // namespace tools::brokersim
