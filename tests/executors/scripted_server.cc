#include "tests/executors/scripted_server.h"

#include <string_view>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace scripted {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

const tcp::endpoint any_loopback_port{asio::ip::address_v4::loopback(), 0};

// How long the request at the beginning of `bytes` is, once its head is whole.
std::optional<std::size_t> request_length(std::string_view bytes) {
    const auto head_end = bytes.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return std::nullopt;
    constexpr std::string_view name = "Content-Length: ";
    const auto at = bytes.find(name);
    const bool has_body = at < head_end;
    return head_end + 4 + (has_body ? std::stoul(std::string{bytes.substr(at + name.size())}) : 0);
}

// Until `unread` begins with a whole request; false where the client ended before.
asio::awaitable<bool> read_request(tcp::socket& socket, std::string& unread) {
    std::string space(4096, char{});
    while (request_length(unread).value_or(unread.size() + 1) > unread.size()) {
        const auto [error, bytes] = co_await socket.async_read_some(asio::buffer(space), as_result);
        if (error) co_return false;
        unread.append(space.data(), bytes);
    }
    co_return true;
}

}  // namespace

Step answer(unsigned status, const std::string& body) {
    Step step;
    step.bytes =
        "HTTP/1.1 " + std::to_string(status) +
        " X\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n" + body;
    return step;
}

Server::Server(asio::io_context& io, std::vector<Step> steps)
    : acceptor_(io, any_loopback_port), steps_(std::move(steps)) {
    asio::co_spawn(io, accept(), asio::detached);
}

std::string Server::url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
}

asio::awaitable<void> Server::accept() {
    for (;;) {
        auto [error, socket] = co_await acceptor_.async_accept(as_result);
        if (error) co_return;
        ++connections_;
        const auto shared = std::make_shared<tcp::socket>(std::move(socket));
        asio::co_spawn(acceptor_.get_executor(), serve(*shared), [this, shared](auto) {
            shared->close();
            ++connections_ended_;
        });
    }
}

asio::awaitable<void> Server::serve(tcp::socket& socket) {
    std::string unread;
    while (co_await read_request(socket, unread)) {
        const std::size_t length = *request_length(unread);
        requests_.push_back(unread.substr(0, length));
        unread.erase(0, length);
        const Step step = next_step();
        const auto [error, sent] =
            co_await asio::async_write(socket, asio::buffer(step.bytes), as_result);
        const bool whole = !error && sent == step.bytes.size();
        if (whole && step.then == Step::Then::keep) continue;
        if (step.then == Step::Then::reset) socket.set_option(asio::socket_base::linger{true, 0});
        break;
    }
}

Step Server::next_step() {
    const std::size_t index = requests_.size() - 1;
    return index < steps_.size() ? steps_[index] : Step{};
}

std::uint16_t closed_port(asio::io_context& io) {
    return tcp::acceptor{io, any_loopback_port}.local_endpoint().port();
}

}  // namespace scripted
