// One connection and the clock that ends it: a request that takes too long, or a rest that does.
#pragma once

#include "executors/http/http_message.h"
#include "executors/http/http_stream.h"
#include "executors/http/wait_queue.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace executors {

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
  public:
    HttpConnection(const boost::asio::any_io_executor& executor, std::unique_ptr<HttpStream> stream)
        : stream_(std::move(stream)), timer_(executor) {}

    // From now on the connection is closed at the deadline, until another is set.
    void close_at(TimePoint deadline);

    // Whether a deadline has closed it.
    [[nodiscard]] bool is_expired() const { return expired_; }

    [[nodiscard]] HttpStream& stream() { return *stream_; }

  private:
    std::unique_ptr<HttpStream> stream_;
    boost::asio::steady_timer timer_;
    // Tells a deadline's handler, which may already be queued, that another has taken its place.
    std::uint64_t deadlines_set_ = 0;
    bool expired_ = false;
};

// What was read of an answer.
struct Reading {
    std::optional<HttpResponse> response;
    std::string cause;      // where there is no response
    bool any_byte = false;  // whether the server answered anything at all
    bool reusable = false;  // whether another request may follow on the connection
};

// The connection must outlive the coroutine.
[[nodiscard]] boost::asio::awaitable<Reading> read_response(HttpConnection& connection,
                                                            std::size_t body_bytes_max);

}  // namespace executors
