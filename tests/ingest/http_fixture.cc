#include "tests/ingest/http_fixture.h"

#include "ledger/base/assert.h"

#include <cerrno>
#include <future>
#include <utility>

#include <arpa/inet.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace ingest::http::test {

RunningServer::RunningServer(ServerOptions options)
    : RunningServer(std::move(options), sample_router) {}

RunningServer::RunningServer(ServerOptions options, const MakeRouter& make_router) {
    server_ = Server::listen(io_.get_executor(), std::move(options), make_router(gate_)).value();
    port_ = server_->local_endpoint().port;
    thread_ = std::thread([this] { io_.run(); });
}

RunningServer::~RunningServer() {
    if (thread_.joinable()) {
        io_.stop();
        thread_.join();
    }
}

void RunningServer::run_there(const std::function<void()>& work) {
    std::promise<void> done;
    asio::post(io_, [&] {
        work();
        done.set_value();
    });
    done.get_future().wait();
}

Counters RunningServer::counters() {
    Counters counters;
    run_there([&] { counters = server_->counters(); });
    return counters;
}

void RunningServer::open_gate() {
    run_there([this] { gate_.open(); });
}

void RunningServer::begin_stop() {
    run_there([this] { server_->stop(); });
}

void RunningServer::join() {
    thread_.join();
}

Gate::Gate(asio::io_context& io) : timer_(io, asio::steady_timer::time_point::max()) {}

asio::awaitable<void> Gate::pass() {
    arrivals_.release();
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
}

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    LEDGER_ASSERT(socket_ >= 0);
    const timeval patience{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    LEDGER_ASSERT(::connect(socket_, generic, sizeof address) == 0);
}

Client::~Client() {
    if (socket_ >= 0) ::close(socket_);
}

Client::Client(Client&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

bool Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void Client::shutdown_send() {
    ::shutdown(socket_, SHUT_WR);
}

bool Client::receive_more() {
    char bytes[16 * 1024];
    const auto received = ::recv(socket_, bytes, sizeof bytes, 0);
    timed_out_ = received < 0 && errno == EAGAIN;
    if (received <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(received));
    return true;
}

Answer Client::receive_head() {
    Answer answer;
    while (buffer_.find("\r\n\r\n") == std::string::npos) {
        if (!receive_more()) return answer;
    }
    std::size_t line = buffer_.find("\r\n") + 2;
    answer.status = std::stoi(buffer_.substr(9, 3));
    const std::size_t end = buffer_.find("\r\n\r\n") + 2;
    while (line < end) {
        const std::size_t colon = buffer_.find(": ", line);
        const std::size_t next = buffer_.find("\r\n", line);
        answer.headers[buffer_.substr(line, colon - line)] =
            buffer_.substr(colon + 2, next - colon - 2);
        line = next + 2;
    }
    buffer_.erase(0, end + 2);
    return answer;
}

Answer Client::receive() {
    Answer answer = receive_head();
    const auto length = answer.headers.find("content-length");
    if (length == answer.headers.end()) return answer;
    const std::size_t bytes = std::stoul(length->second);
    while (buffer_.size() < bytes) {
        if (!receive_more()) return Answer{};
    }
    answer.body = buffer_.substr(0, bytes);
    buffer_.erase(0, bytes);
    return answer;
}

Answer Client::exchange(std::string_view bytes) {
    if (!send(bytes)) return Answer{};
    return receive();
}

std::string Client::receive_rest() {
    while (receive_more()) {
    }
    return std::exchange(buffer_, {});
}

std::string get(std::string_view target) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n\r\n";
}

std::string post(std::string_view target, std::string_view body) {
    return "POST " + std::string(target) +
           " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + std::string(body);
}

Router sample_router(Gate& gate) {
    Router router;
    router.add("GET", "/hello", [](Request&) -> asio::awaitable<Response> {
        co_return Response(200, "text/plain", "hello");
    });
    router.add("POST", "/echo", [](Request& request) -> asio::awaitable<Response> {
        co_return Response(200, "text/plain", request.body);
    });
    router.add("GET", "/items/{id}", [](Request& request) -> asio::awaitable<Response> {
        co_return Response(200, "text/plain", request.path_param("id"));
    });
    router.add("GET", "/wait", [&gate](Request&) -> asio::awaitable<Response> {
        co_await gate.pass();
        co_return Response(200, "text/plain", "passed");
    });
    router.add("GET", "/half/{bytes}", [](Request& request) -> asio::awaitable<Response> {
        Response response(200, "text/plain", "hello");
        response.withheld_bytes = std::stoul(request.path_param("bytes"));
        co_return response;
    });
    return router;
}

}  // namespace ingest::http::test
