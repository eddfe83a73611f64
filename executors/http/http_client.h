// An HTTP/1.1 client for one server: a bounded pool of connections that are kept open, and answers
// that tell "not sent" from "not answered". It repeats nothing that the server may have acted on.
#pragma once

#include "executors/http/base_url.h"
#include "executors/http/host_addresses.h"
#include "executors/http/http_connection.h"
#include "executors/http/http_message.h"
#include "executors/http/wait_queue.h"
#include "ledger/base/byte_size.h"
#include "ledger/base/result.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace executors {

struct HttpClientOptions {
    std::size_t connections_max = 64;
    std::size_t waiters_max = 4096;  // requests that wait for a connection
    std::size_t response_bytes_max = 32 * ledger::mib;
    // Below the 5 s and more after which servers drop a resting connection.
    std::chrono::milliseconds idle_max{4000};
    std::string ca_file;  // trusted besides the system's authorities; empty for none
};

// For one thread: all calls from the executor's. Requests not yet finished when the client is
// destroyed must never be resumed, so destroy it when its io_context has stopped, and before it.
class HttpClient {
  public:
    // Fails only for https whose trusted certificates cannot be read.
    [[nodiscard]] static ledger::Result<std::unique_ptr<HttpClient>> make(
        boost::asio::any_io_executor executor, BaseUrl base, HttpClientOptions options);

    // `tls` is null for http, and only then.
    HttpClient(boost::asio::any_io_executor executor, BaseUrl base, HttpClientOptions options,
               std::shared_ptr<boost::asio::ssl::context> tls);
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    // `request` must outlive the coroutine.
    [[nodiscard]] boost::asio::awaitable<HttpResult> request(const HttpRequest& request);

  private:
    using Connection = std::shared_ptr<HttpConnection>;

    struct Opened {
        Connection connection;
        std::string cause;  // where there is no connection
    };

    struct Attempt {
        HttpResult result;
        bool stale = false;  // it failed on a kept connection without a byte of answer
    };

    [[nodiscard]] boost::asio::awaitable<WaitQueue::Wake> enter(TimePoint deadline);
    void leave();
    [[nodiscard]] Connection take_idle();
    void keep_idle(Connection connection);
    [[nodiscard]] std::unique_ptr<HttpStream> make_stream() const;
    [[nodiscard]] boost::asio::awaitable<Opened> open(TimePoint deadline);
    [[nodiscard]] boost::asio::awaitable<Attempt> attempt(Connection kept, const std::string& text,
                                                          TimePoint deadline);
    [[nodiscard]] boost::asio::awaitable<Attempt> exchange(Connection connection,
                                                           const std::string& text);

    boost::asio::any_io_executor executor_;
    BaseUrl base_;
    HttpClientOptions options_;
    std::shared_ptr<boost::asio::ssl::context> tls_;  // null for http
    HostAddresses addresses_;
    // Requests inside; each holds at most one connection, so in_flight_ + idle_ is bounded too.
    std::size_t in_flight_ = 0;
    WaitQueue waiters_;
    std::vector<Connection> idle_;  // the one used last at the back
};

}  // namespace executors
