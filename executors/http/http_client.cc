#include "executors/http/http_client.h"

#include "ledger/base/assert.h"
#include "ledger/base/kill_point.h"

#include <utility>

#include <boost/asio/buffer.hpp>

namespace executors {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

bool has_not_left(const HttpResult& result) {
    return std::holds_alternative<NotSent>(result);
}

}  // namespace

ledger::Result<std::unique_ptr<HttpClient>> HttpClient::make(asio::any_io_executor executor,
                                                             BaseUrl base,
                                                             HttpClientOptions options) {
    std::shared_ptr<asio::ssl::context> tls;
    if (base.tls) {
        BOOST_OUTCOME_TRY(tls, make_tls_context(options.ca_file));
    }
    return std::make_unique<HttpClient>(std::move(executor), std::move(base), std::move(options),
                                        std::move(tls));
}

HttpClient::HttpClient(asio::any_io_executor executor, BaseUrl base, HttpClientOptions options,
                       std::shared_ptr<asio::ssl::context> tls)
    : executor_(std::move(executor)),
      base_(std::move(base)),
      options_(std::move(options)),
      tls_(std::move(tls)),
      addresses_(executor_, base_.host, base_.port),
      waiters_(executor_, options_.waiters_max) {
    LEDGER_ASSERT(options_.connections_max > 0);
    LEDGER_ASSERT(base_.tls == (tls_ != nullptr));
}

asio::awaitable<HttpResult> HttpClient::request(const HttpRequest& request) {
    const auto text = request_text(base_, request);
    if (!text) co_return NotSent{"the target or a header holds a forbidden character"};
    const TimePoint deadline = time_after(executor_, request.timeout);
    const WaitQueue::Wake entry = co_await enter(deadline);
    if (entry == WaitQueue::Wake::full) co_return NotSent{"too many requests are waiting"};
    if (entry == WaitQueue::Wake::timed_out) co_return NotSent{"no connection was free in time"};

    Attempt last = co_await attempt(take_idle(), *text, deadline);
    // A kept connection that was closed meanwhile. Of a request that may have left, only one that
    // changes nothing is repeated.
    if (last.stale && (has_not_left(last.result) || request.method == HttpMethod::get)) {
        last = co_await attempt(nullptr, *text, deadline);
    }
    leave();
    co_return std::move(last.result);
}

asio::awaitable<WaitQueue::Wake> HttpClient::enter(TimePoint deadline) {
    if (in_flight_ >= options_.connections_max) co_return co_await waiters_.wait(deadline);
    ++in_flight_;
    co_return WaitQueue::Wake::woken;
}

void HttpClient::leave() {
    // The place goes straight to whoever has waited longest.
    if (!waiters_.wake_one()) --in_flight_;
}

HttpClient::Connection HttpClient::take_idle() {
    while (!idle_.empty()) {
        Connection connection = std::move(idle_.back());
        idle_.pop_back();
        if (!connection->is_expired() && connection->stream().is_quiet()) return connection;
    }
    return nullptr;
}

void HttpClient::keep_idle(Connection connection) {
    connection->close_at(time_after(executor_, options_.idle_max));
    idle_.push_back(std::move(connection));
}

std::unique_ptr<HttpStream> HttpClient::make_stream() const {
    return tls_ ? make_tls_stream(executor_, tls_, base_.host) : make_plain_stream(executor_);
}

asio::awaitable<HttpClient::Opened> HttpClient::open(TimePoint deadline) {
    Opened opened;
    opened.cause = "the host name could not be resolved";
    const HostAddresses::Endpoints endpoints = co_await addresses_.lookup(deadline);
    for (const auto& endpoint : endpoints) {
        const auto connection = std::make_shared<HttpConnection>(executor_, make_stream());
        connection->close_at(deadline);
        const error_code error = co_await connection->stream().connect(endpoint);
        if (!error && !connection->is_expired()) {
            opened.connection = connection;
            co_return opened;
        }
        opened.cause = connection->is_expired() ? "no connection in time" : error.message();
        if (connection->is_expired()) break;
    }
    addresses_.forget();
    co_return opened;
}

asio::awaitable<HttpClient::Attempt> HttpClient::attempt(Connection kept, const std::string& text,
                                                         TimePoint deadline) {
    if (kept) {
        kept->close_at(deadline);
        Attempt on_kept = co_await exchange(kept, text);
        co_return on_kept;
    }
    const Opened opened = co_await open(deadline);
    if (!opened.connection) {
        Attempt failed;
        failed.result = NotSent{opened.cause};
        co_return failed;
    }
    Attempt fresh = co_await exchange(opened.connection, text);
    fresh.stale = false;
    co_return fresh;
}

asio::awaitable<HttpClient::Attempt> HttpClient::exchange(Connection connection,
                                                          const std::string& text) {
    Attempt attempt;
    const asio::const_buffer bytes = asio::buffer(text);
    const Transfer sent = co_await connection->stream().write(bytes);
    if (sent.error) {
        attempt.stale = !connection->is_expired();
        const std::string cause = "the request could not be sent: " + sent.error.message();
        if (sent.bytes == 0)
            attempt.result = NotSent{cause};
        else
            attempt.result = Unanswered{cause};
        co_return attempt;
    }
    ledger::reached(ledger::KillPoint::request_sent);
    Reading reading = co_await read_response(*connection, options_.response_bytes_max);
    if (!reading.response) {
        attempt.stale = !reading.any_byte && !connection->is_expired();
        attempt.result = Unanswered{std::move(reading.cause)};
        co_return attempt;
    }
    if (reading.reusable) keep_idle(std::move(connection));
    attempt.result = std::move(*reading.response);
    co_return attempt;
}

}  // namespace executors
