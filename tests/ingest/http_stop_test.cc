// How a server ends.
#include "ingest/http/server.h"
#include "tests/ingest/http_fixture.h"

#include <chrono>
#include <memory>
#include <string>

#include <catch2/catch.hpp>

namespace ingest::http::test::http_stop_test {

namespace {

ServerOptions quick_sweeps() {
    ServerOptions options;
    options.sweep_period = std::chrono::milliseconds(5);
    return options;
}

}  // namespace

TEST_CASE("a server that stops finishes the request it is at and then runs out", "[ingest]") {
    RunningServer server(quick_sweeps());
    Client idle(server.port());
    REQUIRE(idle.exchange(get("/hello")).status == 200);
    Client busy(server.port());
    REQUIRE(busy.send(get("/wait")));
    server.await_arrival();

    server.begin_stop();
    CHECK(idle.is_closed_by_peer());
    server.open_gate();
    const Answer answer = busy.receive();
    CHECK(answer.body == "passed");
    CHECK(answer.headers.at("connection") == "close");
    CHECK(busy.is_closed_by_peer());
    server.join();
}

TEST_CASE("a server that stops gives up on requests after a while", "[ingest]") {
    ServerOptions options = quick_sweeps();
    options.stop_timeout = std::chrono::milliseconds(30);
    RunningServer server(options);
    Client busy(server.port());
    REQUIRE(busy.send(get("/wait")));
    server.await_arrival();
    Client slow(server.port());
    REQUIRE(slow.send("GET /hello HTTP/1.1\r\n"));

    server.begin_stop();
    CHECK(busy.is_closed_by_peer());
    CHECK(slow.is_closed_by_peer());
    server.open_gate();
    server.join();
}

TEST_CASE("a server may go while its connections are open", "[ingest]") {
    asio::io_context io{1};
    Gate gate(io);
    auto server = Server::listen(io.get_executor(), quick_sweeps(), sample_router(gate)).value();
    Client client(server->local_endpoint().port);
    while (server->counters().connections_open == 0) io.run_one();
    server.reset();
    io.run();
    CHECK(client.is_closed_by_peer());
}

TEST_CASE("a server may go with its io_context in the middle of a request", "[ingest]") {
    auto server = std::make_unique<RunningServer>(quick_sweeps());
    Client client(server->port());
    REQUIRE(client.send(get("/wait")));
    server->await_arrival();
    server.reset();
    CHECK(client.is_closed_by_peer());
}

}  // namespace ingest::http::test::http_stop_test
