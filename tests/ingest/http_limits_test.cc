// What the server does about clients that send too much, too slowly, or only sit there.
#include "ingest/http/server.h"
#include "tests/ingest/http_fixture.h"

#include <deque>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <sys/resource.h>
#include <unistd.h>

namespace ingest::http::test::http_limits_test {

namespace {

using std::chrono::milliseconds;

ServerOptions quick_sweeps() {
    ServerOptions options;
    options.sweep_period = milliseconds(5);
    return options;
}

// As many descriptors as are open now may be open, until the end of the scope.
class NoMoreDescriptors {
  public:
    NoMoreDescriptors() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        // The lowest free descriptor is the limit: everything below it is taken.
        const int lowest_free = ::dup(0);
        ::close(lowest_free);
        rlimit limit = before_;
        limit.rlim_cur = static_cast<rlim_t>(lowest_free);
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }

    ~NoMoreDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

    NoMoreDescriptors(const NoMoreDescriptors&) = delete;
    NoMoreDescriptors& operator=(const NoMoreDescriptors&) = delete;

  private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("a header above its limit gets 431", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    const Answer answer = client.exchange(
        "GET /hello HTTP/1.1\r\nHost: a\r\nX-Long: " + std::string(20'000, 'x') + "\r\n\r\n");
    CHECK(answer.status == 431);
    CHECK(answer.headers.at("connection") == "close");
    CHECK(client.is_closed_by_peer());
}

TEST_CASE("a client that sends all of a 20 MB body still sees the 413", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    REQUIRE(client.send(post("/echo", std::string(20'000'000, 'x'))));
    CHECK(client.receive().status == 413);
    CHECK(Client(server.port()).exchange(get("/hello")).status == 200);
}

TEST_CASE("a body above its limit is refused before it was sent", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    REQUIRE(client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 20000000\r\n\r\nfirst"));
    CHECK(client.receive().status == 413);
    CHECK(client.is_closed_by_peer() == true);
}

TEST_CASE("what is dropped after a refusal has a bound", "[ingest]") {
    ServerOptions options;
    options.linger_bytes_max = 1'000'000;
    RunningServer server(options);
    Client client(server.port());
    client.send(post("/echo", std::string(20'000'000, 'x')));
    client.receive_rest();
    CHECK(server.counters().bytes_in < 2'000'000);
}

TEST_CASE("a client that never ends its header gets 408", "[ingest]") {
    ServerOptions options = quick_sweeps();
    options.header_timeout = milliseconds(30);
    RunningServer server(options);
    Client client(server.port());
    REQUIRE(client.exchange(get("/hello")).status == 200);
    REQUIRE(client.send("GET /hello HTTP/1.1\r\nHost: a\r\n"));
    CHECK(client.receive().status == 408);
    CHECK(client.is_closed_by_peer());
    CHECK(server.counters().connections_timed_out == 1);
}

TEST_CASE("a header that comes in drops has no more time than one that stops", "[ingest]") {
    ServerOptions options = quick_sweeps();
    options.header_timeout = milliseconds(30);
    RunningServer server(options);
    Client client(server.port());
    REQUIRE(client.send("GET /hello HTTP/1.1\r\nHost: a\r\nX-Drops: "));
    // Each round trip to the server's thread lets it read the drop before the next.
    int drops = 0;
    while (server.counters().connections_timed_out == 0 && client.send("x")) ++drops;
    CAPTURE(drops);
    CHECK(client.receive().status == 408);
}

TEST_CASE("a client that never ends its body gets 408", "[ingest]") {
    ServerOptions options = quick_sweeps();
    options.body_timeout = milliseconds(30);
    RunningServer server(options);
    Client client(server.port());
    REQUIRE(client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf"));
    CHECK(client.receive().status == 408);
}

TEST_CASE("an idle connection is closed without a word", "[ingest]") {
    ServerOptions options = quick_sweeps();
    options.idle_timeout = milliseconds(30);
    RunningServer server(options);
    Client fresh(server.port());
    CHECK(fresh.is_closed_by_peer());
    Client used(server.port());
    REQUIRE(used.exchange(get("/hello")).status == 200);
    CHECK(used.is_closed_by_peer());
}

TEST_CASE("a client that does not read its response is cut off", "[ingest]") {
    const std::size_t bytes = std::size_t{64} * 1024 * 1024;
    ServerOptions options = quick_sweeps();
    options.write_timeout = milliseconds(50);
    RunningServer server(options, [](Gate&) {
        Router router;
        router.add("GET", "/large", [](Request&) -> asio::awaitable<Response> {
            co_return Response(200, "text/plain", std::string(bytes, 'x'));
        });
        return router;
    });
    Client client(server.port());
    REQUIRE(client.send(get("/large")));
    while (server.counters().connections_timed_out == 0) std::this_thread::yield();
    CHECK(client.receive_rest().size() < bytes);
}

TEST_CASE("idle connections make room for those that ask something", "[ingest]") {
    ServerOptions options;
    options.connections_max = 200;
    RunningServer server(options);
    Client active(server.port());
    std::deque<Client> idle;
    for (int i = 0; i < 300; ++i) {
        idle.emplace_back(server.port());
        // One that is used again and again is never the longest idle.
        REQUIRE(active.exchange(get("/hello")).status == 200);
    }
    CHECK(Client(server.port()).exchange(get("/hello")).status == 200);
    CHECK(active.exchange(get("/hello")).status == 200);
    CHECK(idle.front().is_closed_by_peer());
    CHECK(idle.back().exchange(get("/hello")).status == 200);
    const Counters counters = server.counters();
    CHECK(counters.connections_refused == 0);
    CHECK(counters.connections_displaced >= 101);
    CHECK(counters.connections_open <= 200);
}

TEST_CASE("half a request does not protect a connection from making room", "[ingest]") {
    ServerOptions options;
    options.connections_max = 10;
    RunningServer server(options);
    std::deque<Client> slow;
    for (int i = 0; i < 10; ++i) {
        slow.emplace_back(server.port());
        REQUIRE(slow.back().send("GET /hello HTTP/1.1\r\nHost: a\r\n"));
    }
    CHECK(Client(server.port()).exchange(get("/hello")).status == 200);
}

TEST_CASE("when all connections are being served another one gets 503", "[ingest]") {
    ServerOptions options;
    options.connections_max = 2;
    RunningServer server(options);
    Client first(server.port());
    Client second(server.port());
    REQUIRE(first.send(get("/wait")));
    REQUIRE(second.send(get("/wait")));
    server.await_arrival();
    server.await_arrival();
    Client third(server.port());
    const Answer answer = third.receive();
    CHECK(answer.status == 503);
    CHECK(answer.headers.at("connection") == "close");
    CHECK(answer.headers.count("x-request-id") == 1);
    server.open_gate();
    CHECK(first.receive().body == "passed");
    CHECK(second.receive().body == "passed");
    CHECK(server.counters().connections_refused == 1);
}

TEST_CASE("without descriptors the server waits and goes on", "[ingest]") {
    asio::io_context io{1};
    Gate gate(io);
    const auto server =
        Server::listen(io.get_executor(), quick_sweeps(), sample_router(gate)).value();
    Client client(server->local_endpoint().port);
    REQUIRE(client.send(get("/hello")));
    {
        const NoMoreDescriptors limit;
        while (server->counters().accept_failures < 2) io.run_one();
        CHECK(server->counters().connections_accepted == 0);
    }
    while (server->counters().responses_by_class[2] == 0) io.run_one();
    CHECK(client.receive().body == "hello");
}

TEST_CASE("without descriptors an idle connection gives way to a new one", "[ingest]") {
    asio::io_context io{1};
    Gate gate(io);
    const auto server =
        Server::listen(io.get_executor(), quick_sweeps(), sample_router(gate)).value();
    Client idle(server->local_endpoint().port);
    while (server->counters().connections_open == 0) io.run_one();
    Client client(server->local_endpoint().port);
    REQUIRE(client.send(get("/hello")));
    {
        const NoMoreDescriptors limit;
        while (server->counters().responses_by_class[2] == 0) io.run_one();
    }
    CHECK(client.receive().body == "hello");
    CHECK(idle.is_closed_by_peer());
}

}  // namespace ingest::http::test::http_limits_test
