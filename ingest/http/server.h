// The HTTP/1.1 server: one thread, one coroutine per connection, a bound on everything a client
// could make it wait for or keep.
#pragma once

#include "ingest/http/asio.h"
#include "ingest/http/router.h"
#include "ledger/base/byte_size.h"
#include "ledger/base/result.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

namespace ingest::http {

struct ServerOptions {
    std::string address = "127.0.0.1";  // an IPv4 or IPv6 address
    std::uint16_t port = 0;             // 0: the system picks one

    // When as many are open and another comes, the one that has waited longest for its client is
    // closed; when every one is busy with a request, the newcomer gets 503.
    std::size_t connections_max = 4096;
    std::size_t header_bytes_max = 16 * ledger::kib;  // above: 431
    std::size_t body_bytes_max = ledger::mib;         // above: 413

    // Each is kept to within one sweep_period.
    std::chrono::milliseconds idle_timeout{75'000};    // between requests
    std::chrono::milliseconds header_timeout{10'000};  // first byte to the end of the header
    std::chrono::milliseconds body_timeout{30'000};    // the whole body
    std::chrono::milliseconds write_timeout{30'000};   // the whole response
    std::chrono::milliseconds stop_timeout{5'000};     // for requests in flight at stop()
    std::chrono::milliseconds sweep_period{250};

    // After an answer to a request that was not read to its end, that much of the rest is read and
    // dropped, so that the client sees the answer and not a reset.
    std::chrono::milliseconds linger_timeout{5'000};
    std::size_t linger_bytes_max = 32 * ledger::mib;

    std::string request_id_prefix = "req";  // best different in each run of the program
};

// All but the first only grow.
struct Counters {
    std::uint64_t connections_open = 0;
    std::uint64_t connections_accepted = 0;
    std::uint64_t connections_refused = 0;    // with 503
    std::uint64_t connections_displaced = 0;  // closed to make room for another
    std::uint64_t connections_timed_out = 0;
    std::uint64_t accept_failures = 0;  // out of descriptors, mostly
    // responses_by_class[n]: responses with a status of n hundreds.
    std::array<std::uint64_t, 6> responses_by_class{};
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
};

struct Endpoint {
    std::string address;
    std::uint16_t port = 0;
};

// Every member function is called on the executor's thread, or while nothing runs there. The
// server may go before its io_context or be left to stop by itself, but must not outlive it.
class Server {
    class Listener;

  public:
    // Listens and begins to accept. Fails with invalid_input (field "address") or unavailable.
    [[nodiscard]] static ledger::Result<std::unique_ptr<Server>> listen(
        const asio::any_io_executor& executor, ServerOptions options, Router router);

    // Closes whatever is still open, in the middle of a request too.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] Endpoint local_endpoint() const;
    [[nodiscard]] const Counters& counters() const;

    // Stops accepting, closes idle connections, gives the others stop_timeout to finish the request
    // they are at, then closes them. With nothing else to do io_context::run() then returns; a
    // handler that still waits keeps it from returning.
    void stop();
    // After stop(): whether the last connection is gone.
    [[nodiscard]] bool stopped() const;

    // For listen(), which makes the listener.
    explicit Server(std::shared_ptr<Listener> listener);

  private:
    std::shared_ptr<Listener> listener_;
};

}  // namespace ingest::http
