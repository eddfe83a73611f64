#include "executors/http/as_result.h"
#include "executors/http/http_stream.h"

#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>

namespace executors {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

class PlainStream final : public HttpStream {
  public:
    explicit PlainStream(const asio::any_io_executor& executor) : socket_(executor) {}

    asio::awaitable<error_code> connect(tcp::endpoint endpoint) override {
        auto [error] = co_await socket_.async_connect(endpoint, as_result);
        if (!error) socket_.set_option(tcp::no_delay{true}, error);
        co_return error;
    }

    asio::awaitable<Transfer> read_some(asio::mutable_buffer buffer) override {
        const auto [error, bytes] = co_await socket_.async_read_some(buffer, as_result);
        const Transfer transfer{error, bytes};
        co_return transfer;
    }

    asio::awaitable<Transfer> write(asio::const_buffer buffer) override {
        const auto [error, bytes] = co_await asio::async_write(socket_, buffer, as_result);
        const Transfer transfer{error, bytes};
        co_return transfer;
    }

    void close() override {
        error_code ignored;
        socket_.close(ignored);
    }

    bool is_quiet() override { return executors::is_quiet(socket_); }

  private:
    tcp::socket socket_;
};

}  // namespace

std::unique_ptr<HttpStream> make_plain_stream(const asio::any_io_executor& executor) {
    return std::make_unique<PlainStream>(executor);
}

bool is_quiet(tcp::socket& socket) {
    if (!socket.is_open()) return false;
    error_code error;
    socket.non_blocking(true, error);
    if (error) return false;
    char byte = 0;
    socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, error);
    return error == asio::error::would_block;
}

}  // namespace executors
