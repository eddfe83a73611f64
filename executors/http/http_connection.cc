#include "executors/http/http_connection.h"

#include "ledger/base/byte_size.h"

#include <utility>

#include <boost/asio/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace executors {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr std::size_t read_bytes = 16 * ledger::kib;
constexpr std::uint32_t header_bytes_max = 32 * ledger::kib;

using Parser = http::response_parser<http::string_body>;

// "0 CRLF CRLF", the least that can still follow anywhere in a chunked body. Beast 1.81 asserts
// that it has as much once it has seen a final chunk's header, so it is never given less.
constexpr std::size_t chunked_rest_bytes_min = 5;

// Gives the parser what was read; it leaves the beginning of what it cannot judge yet.
error_code parse_available(Parser& parser, beast::flat_buffer& unread) {
    error_code error;
    while (!parser.is_done() && unread.size() > 0) {
        const bool in_chunks = parser.is_header_done() && parser.chunked();
        if (in_chunks && unread.size() < chunked_rest_bytes_min) return {};
        const std::size_t used = parser.put(unread.data(), error);
        unread.consume(used);
        if (error == http::error::need_more) {
            return unread.size() > header_bytes_max ? make_error_code(http::error::header_limit)
                                                    : error_code{};
        }
        if (error) return error;
    }
    return error;
}

HttpResponse take_response(Parser& parser) {
    auto message = parser.release();
    HttpResponse response;
    response.status = message.result_int();
    for (const auto& field : message) {
        response.headers.push_back({std::string{field.name_string()}, std::string{field.value()}});
    }
    response.body = std::move(message.body());
    return response;
}

std::string cause_of(const HttpConnection& connection, const error_code& error) {
    if (connection.is_expired()) return "no answer in time";
    if (error == asio::error::eof) return "the connection was closed before the answer was whole";
    return "the answer could not be read: " + error.message();
}

}  // namespace

void HttpConnection::close_at(TimePoint deadline) {
    ++deadlines_set_;
    timer_.expires_at(deadline);
    timer_.async_wait([weak = weak_from_this(), mine = deadlines_set_](const error_code& error) {
        const auto connection = weak.lock();
        if (error || !connection || connection->deadlines_set_ != mine) return;
        connection->expired_ = true;
        connection->stream_->close();
    });
}

asio::awaitable<Reading> read_response(HttpConnection& connection, std::size_t body_bytes_max) {
    Reading reading;
    Parser parser;
    parser.eager(true);
    parser.header_limit(header_bytes_max);
    parser.body_limit(body_bytes_max);
    beast::flat_buffer unread;
    bool at_end = false;
    while (!parser.is_done()) {
        const asio::mutable_buffer space = unread.prepare(read_bytes);
        const Transfer got = co_await connection.stream().read_some(space);
        error_code error = got.error;
        if (error == asio::error::eof && reading.any_byte) {
            // Without a length the end of the connection is the end of the body.
            at_end = true;
            parser.put_eof(error);
        } else if (!error) {
            reading.any_byte = true;
            unread.commit(got.bytes);
            error = parse_available(parser, unread);
        }
        if (error) {
            reading.cause = cause_of(connection, error);
            co_return reading;
        }
    }
    if (parser.get().result_int() < 200) {
        // The real answer follows on this connection, and must not be taken for the next one's.
        reading.cause = "an interim answer";
        co_return reading;
    }
    reading.reusable =
        parser.keep_alive() && unread.size() == 0 && !at_end && !connection.is_expired();
    reading.response = take_response(parser);
    co_return reading;
}

}  // namespace executors
