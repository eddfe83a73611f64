// The bytes that a broker answers with. However the network splits them, they are the same answer.
#include "executors/http/http_connection.h"
#include "tests/fuzz/target.h"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>

namespace fuzz {

namespace {

namespace asio = boost::asio;
using executors::Reading;
using executors::Transfer;

constexpr std::size_t body_bytes_max = 512;

// A server that says `bytes`, a piece at a time, and then hangs up.
class Script final : public executors::HttpStream {
  public:
    Script(Input bytes, std::size_t piece_bytes) : bytes_(bytes), piece_bytes_(piece_bytes) {}

    asio::awaitable<boost::system::error_code> connect(asio::ip::tcp::endpoint) override {
        co_return boost::system::error_code{};
    }

    asio::awaitable<Transfer> read_some(asio::mutable_buffer buffer) override {
        Transfer transfer;
        transfer.bytes = asio::buffer_copy(
            buffer, asio::const_buffer(bytes_.data(), std::min(bytes_.size(), piece_bytes_)));
        bytes_.remove_prefix(transfer.bytes);
        if (transfer.bytes == 0) transfer.error = asio::error::eof;
        co_return transfer;
    }

    asio::awaitable<Transfer> write(asio::const_buffer) override { co_return Transfer{}; }

    void close() override {}

    bool is_quiet() override { return bytes_.empty(); }

  private:
    Input bytes_;
    std::size_t piece_bytes_;
};

Reading read(Input bytes, std::size_t piece_bytes) {
    asio::io_context io{1};
    const auto connection = std::make_shared<executors::HttpConnection>(
        io.get_executor(), std::make_unique<Script>(bytes, piece_bytes));
    Reading out;
    asio::co_spawn(io, executors::read_response(*connection, body_bytes_max),
                   [&out](const std::exception_ptr& failure, Reading reading) {
                       if (failure) std::rethrow_exception(failure);
                       out = std::move(reading);
                   });
    io.run();
    return out;
}

std::string text_of(const Reading& reading) {
    if (!reading.response) return {};
    std::string text = std::to_string(reading.response->status) + '\n' + reading.response->body;
    for (const auto& [name, value] : reading.response->headers) {
        text += '\n' + name + ": " + value;
    }
    return text;
}

void check(const Reading& reading) {
    law(reading.response.has_value() == reading.cause.empty(), "no answer has a cause");
    if (!reading.response) return;
    law(reading.any_byte, "no answer comes from nothing");
    law(reading.response->status >= 200 && reading.response->status <= 999,
        "an answer has a status that ends it");
    law(reading.response->body.size() <= body_bytes_max, "a body is within its bound");
}

}  // namespace

void http_response(Input input) {
    const Reading whole = read(input, input.size());
    check(whole);
    for (const std::size_t piece_bytes : {std::size_t{1}, std::size_t{7}}) {
        const Reading split = read(input, piece_bytes);
        check(split);
        law(text_of(split) == text_of(whole), "in pieces it is the same answer");
    }
}

}  // namespace fuzz
