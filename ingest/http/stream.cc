#include "ingest/http/stream.h"

#include <array>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace ingest::http {

Stream::Stream(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {
    // Every response is one write, so there is nothing for Nagle's algorithm to gather.
    boost::system::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

asio::awaitable<IoResult> Stream::read_some(std::span<char> space) {
    return socket_.async_read_some(asio::buffer(space.data(), space.size()),
                                   asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<IoResult> Stream::write(std::string_view head, std::string_view body) {
    const std::array<asio::const_buffer, 2> texts = {asio::buffer(head), asio::buffer(body)};
    return asio::async_write(socket_, texts, asio::as_tuple(asio::use_awaitable));
}

void Stream::write_at_once(std::string_view text) {
    boost::system::error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.write_some(asio::buffer(text), ignored);
}

void Stream::shutdown_send() {
    boost::system::error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

void Stream::cancel() {
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Stream::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

std::string Stream::peer_address() const {
    boost::system::error_code error;
    const auto peer = socket_.remote_endpoint(error);
    return error ? std::string() : peer.address().to_string();
}

}  // namespace ingest::http
