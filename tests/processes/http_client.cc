#include "tests/processes/http_client.h"

#include "tests/processes/process.h"

#include <array>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace processes {

using ledger::text::JsonValue;

Connection::Connection(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval limit{patience.count(), 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(socket_, generic, sizeof address) == 0) return;
    ::close(std::exchange(socket_, -1));
}

Connection::~Connection() {
    if (socket_ >= 0) ::close(socket_);
}

Connection::Connection(Connection&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Connection& Connection::operator=(Connection&& other) noexcept {
    std::swap(socket_, other.socket_);
    return *this;
}

bool Connection::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Connection::receive_more(std::string& bytes) const {
    std::array<char, 16'384> part{};
    const ssize_t received = ::recv(socket_, part.data(), part.size(), 0);
    if (received <= 0) return false;
    bytes.append(part.data(), static_cast<std::size_t>(received));
    return true;
}

std::string member_of(const JsonValue& object, std::string_view name) {
    const JsonValue* found = object.find(name);
    if (found == nullptr) return {};
    if (found->is(JsonValue::Kind::boolean)) return found->boolean() ? "true" : "false";
    const bool texty = found->is(JsonValue::Kind::string) || found->is(JsonValue::Kind::number);
    return texty ? found->text() : std::string{};
}

JsonValue Answer::json() const {
    constexpr ledger::text::JsonLimits limits{
        .bytes_max = 256 << 20, .depth_max = 32, .values_max = 10'000'000};
    auto parsed = ledger::text::parse_json(body, limits);
    return parsed ? std::move(parsed).value() : JsonValue::make_null();
}

std::string Answer::member(std::string_view name) const {
    return member_of(json(), name);
}

Answer HttpClient::call(std::string_view method, std::string_view target, std::string_view body,
                        std::string_view key) {
    if (!connection_.is_open()) connection_ = Connection{port_};
    if (!connection_.is_open()) return Answer{};
    std::string text = std::string{method} + " " + std::string{target} +
                       " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
    if (!token_.empty()) text += "Authorization: Bearer " + token_ + "\r\n";
    if (!key.empty()) text += "Idempotency-Key: " + std::string{key} + "\r\n";
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    // A server may refuse a body before it has taken all of it: the answer counts, if there is one.
    if (connection_.send(text)) static_cast<void>(connection_.send(body));
    Answer answer = receive();
    const bool closed =
        answer.status == 0 || answer.head.find("connection: close") != answer.head.npos;
    if (closed) connection_ = Connection{};
    return answer;
}

Answer HttpClient::receive() {
    std::string bytes;
    while (bytes.find("\r\n\r\n") == std::string::npos) {
        if (!connection_.receive_more(bytes)) return Answer{};
    }
    const std::size_t head_end = bytes.find("\r\n\r\n") + 4;
    Answer answer;
    answer.head = bytes.substr(0, head_end);
    const std::size_t field = answer.head.find("content-length: ");
    const std::size_t length =
        field == std::string::npos ? 0 : std::stoul(answer.head.substr(field + 16));
    while (bytes.size() < head_end + length) {
        if (!connection_.receive_more(bytes)) return Answer{};
    }
    answer.body = bytes.substr(head_end);
    answer.status = std::stoi(answer.head.substr(9, 3));
    return answer;
}

Answer HttpClient::post_until_answered(std::string_view target, std::string_view body) {
    constexpr std::chrono::milliseconds pause{20};
    const auto end = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < end) {
        Answer answer = post(target, body);
        if (answer.status != 0 && answer.status != 429 && answer.status != 503) return answer;
        std::this_thread::sleep_for(pause);
    }
    throw std::runtime_error{"nobody answers"};
}

}  // namespace processes
