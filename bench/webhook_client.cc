#include "bench/webhook_client.h"

#include "bench/process_use.h"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace bench {

using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::UniqueFd;

namespace {

constexpr std::string_view order_digits = "0000000000000000";  // 16, as XTS has them

std::string webhook_body(std::string_view account_id) {
    return fmt::format(
        R"({{"event_type":"order_placed","order_id":"{}","symbol":"RELIANCE",)"
        R"("scrip_code":"2885","exchange":"NSE","segment":"EQ","transaction_type":"BUY",)"
        R"("order_type":"LIMIT","quantity":100,"price":"1405.05","trigger_price":"0",)"
        R"("product":"MIS","validity":"DAY","status":"OPEN","filled_quantity":0,)"
        R"("average_price":"0","account_id":"{}","sequence":1}})",
        order_digits, account_id);
}

Error broken() {
    return Error{Errc::unavailable, "the server closed a connection", {}};
}

// Of an answer whose head is whole: its content-length.
std::size_t content_length(std::string_view head) {
    constexpr std::string_view name = "ontent-length: ";
    const std::size_t at = head.find(name);
    std::size_t length = 0;
    if (at == std::string_view::npos) return length;
    std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
    return length;
}

Result<void> send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return broken();
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return boost::outcome_v2::success();
}

Result<UniqueFd> connect_to(std::uint16_t port) {
    UniqueFd socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    if (!socket.valid() || ::connect(socket.get(), generic, sizeof address) != 0) {
        return Error{Errc::unavailable, fmt::format("nothing listens on port {}", port), {}};
    }
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

std::string post_text(std::string_view path, std::string_view token, std::string_view body) {
    return fmt::format(
        "POST {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n"
        "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        path, token, body.size(), body);
}

}  // namespace

Result<void> post(const HttpPost& request) {
    BOOST_OUTCOME_TRY(const UniqueFd socket, connect_to(request.port));
    BOOST_OUTCOME_TRYV(
        send_all(socket.get(), post_text(request.path, request.token, request.body)));
    constexpr std::size_t status_line_bytes = 12;  // "HTTP/1.1 200"
    std::array<char, 4096> answer{};
    const auto count = ::recv(socket.get(), answer.data(), answer.size(), 0);
    const std::string_view text{answer.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
    if (text.size() > status_line_bytes && text[9] == '2') return boost::outcome_v2::success();
    return Error{Errc::unavailable,
                 request.path + " answered " + std::string{text.substr(0, text.find('\r'))},
                 {}};
}

Result<WebhookClient> WebhookClient::connect(std::uint16_t port, std::string_view token,
                                             std::string_view account_id) {
    BOOST_OUTCOME_TRY(UniqueFd socket, connect_to(port));
    return WebhookClient{std::move(socket),
                         post_text("/api/webhooks/blaze/order", token, webhook_body(account_id))};
}

WebhookClient::WebhookClient(UniqueFd socket, std::string request)
    : socket_(std::move(socket)),
      request_(std::move(request)),
      order_at_(request_.find(order_digits)) {}

Result<void> WebhookClient::send(std::uint64_t order) {
    for (std::size_t digit = order_digits.size(); digit > 0; --digit) {
        request_[order_at_ + digit - 1] = static_cast<char>('0' + order % 10);
        order /= 10;
    }
    received_ = 0;
    sent_ns_ = now_ns();
    return send_all(socket_.get(), request_);
}

Result<bool> WebhookClient::receive() {
    const auto count =
        ::recv(socket_.get(), answer_.data() + received_, answer_.size() - received_, 0);
    if (count <= 0) return broken();
    received_ += static_cast<std::size_t>(count);
    const std::size_t whole = answer_bytes();
    if (whole == 0 || received_ < whole) return false;
    const std::string_view text{answer_.data(), received_};
    if (text.starts_with("HTTP/1.1 200")) return true;
    return Error{Errc::unavailable, "the server answered " + std::string{text}, {}};
}

// 0 while the head is not whole.
std::size_t WebhookClient::answer_bytes() const {
    constexpr std::string_view end_of_head = "\r\n\r\n";
    const std::string_view text{answer_.data(), received_};
    const std::size_t end = text.find(end_of_head);
    if (end == std::string_view::npos) return 0;
    return end + end_of_head.size() + content_length(text.substr(0, end));
}

}  // namespace bench
