// What a client of the server sees on the wire.
#include "ingest/http/server.h"
#include "ledger/text/json_value.h"
#include "tests/ingest/http_fixture.h"

#include <string>

#include <catch2/catch.hpp>

namespace ingest::http::test::http_server_test {

namespace {

std::string problem_member(const Answer& answer, const std::string& name) {
    const auto document = ledger::text::parse_json(answer.body);
    REQUIRE(document);
    const auto* member = document.value().find(name);
    REQUIRE(member != nullptr);
    return member->text();
}

}  // namespace

TEST_CASE("a connection serves one request after the other", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    for (int i = 0; i < 3; ++i) {
        const Answer answer = client.exchange(get("/hello"));
        CHECK(answer.status == 200);
        CHECK(answer.headers.at("content-type") == "text/plain");
        CHECK(answer.headers.count("connection") == 0);
        CHECK(answer.body == "hello");
    }
    CHECK(server.counters().connections_accepted == 1);
}

TEST_CASE("pipelined requests are answered in their order", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    REQUIRE(client.send(get("/items/1") + post("/echo", "two") + get("/nowhere") + get("/hello")));
    CHECK(client.receive().body == "1");
    CHECK(client.receive().body == "two");
    CHECK(client.receive().status == 404);
    CHECK(client.receive().body == "hello");
}

TEST_CASE("a request may come byte by byte", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    const std::string request = post("/echo", "slowly");
    for (const char byte : request) REQUIRE(client.send(std::string_view(&byte, 1)));
    CHECK(client.receive().body == "slowly");
}

TEST_CASE("a chunked body is joined", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    const Answer answer = client.exchange(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "4\r\nfour\r\n7\r\n, seven\r\n0\r\n\r\n");
    CHECK(answer.body == "four, seven");
    CHECK(client.exchange(get("/hello")).status == 200);
}

TEST_CASE("a client is told to continue before it sends its body", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    REQUIRE(client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"));
    CHECK(client.receive_head().status == 100);
    CHECK(client.exchange("body").body == "body");
}

TEST_CASE("a client that expects to continue with too large a body is refused first", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    const Answer answer = client.exchange(
        "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
        "Content-Length: 20000000\r\n\r\n");
    CHECK(answer.status == 413);
}

TEST_CASE("the answer to HEAD has the length of the body and no body", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    REQUIRE(client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n" + get("/hello")));
    const Answer head = client.receive_head();
    CHECK(head.status == 200);
    CHECK(head.headers.at("content-length") == "5");
    CHECK(client.receive().body == "hello");
}

TEST_CASE("an HTTP/1.0 connection stays open only when asked to", "[ingest]") {
    RunningServer server;
    Client staying(server.port());
    const Answer kept = staying.exchange("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(kept.headers.at("connection") == "keep-alive");
    const Answer last = staying.exchange("GET /hello HTTP/1.0\r\n\r\n");
    CHECK(last.headers.at("connection") == "close");
    CHECK(last.body == "hello");
    CHECK(staying.is_closed_by_peer());
}

TEST_CASE("a connection is closed when the client asks for it", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    const Answer answer =
        client.exchange("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    CHECK(answer.headers.at("connection") == "close");
    CHECK(client.is_closed_by_peer());
}

TEST_CASE("a client that stops sending still gets its answer", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    REQUIRE(client.send(get("/hello")));
    client.shutdown_send();
    CHECK(client.receive().body == "hello");
    CHECK(client.is_closed_by_peer());
}

TEST_CASE("a response may be cut short on purpose", "[ingest]") {
    RunningServer server;
    Client halved(server.port());
    REQUIRE(halved.send(get("/half/3") + get("/hello")));
    CHECK(halved.receive_head().headers.at("content-length") == "5");
    CHECK(halved.receive_rest() == "he");
    Client ignored(server.port());
    REQUIRE(ignored.send(get("/half/99999")));
    CHECK(ignored.is_closed_by_peer());
}

TEST_CASE("path parameters are percent-decoded", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    CHECK(client.exchange(get("/items/NIFTY%2024%2F11?x=y")).body == "NIFTY 24/11");
}

TEST_CASE("an unknown path is a problem with status 404", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    const Answer answer = client.exchange(get("/now%22here"));
    CHECK(answer.status == 404);
    CHECK(answer.headers.at("content-type") == "application/problem+json");
    CHECK(problem_member(answer, "status") == "404");
    CHECK(problem_member(answer, "detail") == "There is nothing at /now\"here.");
    CHECK(problem_member(answer, "request_id") == answer.headers.at("x-request-id"));
}

TEST_CASE("a known path with another method is a problem with status 405", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    const Answer answer = client.exchange(post("/hello", "{}"));
    CHECK(answer.status == 405);
    CHECK(answer.headers.at("allow") == "GET, HEAD");
    CHECK(problem_member(answer, "title") == "Method Not Allowed");
    CHECK(client.exchange(get("/hello")).status == 200);
}

TEST_CASE("a malformed request is a problem with status 400 and the end", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    const Answer answer = client.exchange("\x16\x03\x01 this is no HTTP\r\n\r\n");
    CHECK(answer.status == 400);
    CHECK(answer.headers.at("connection") == "close");
    CHECK(problem_member(answer, "type") == "about:blank");
    CHECK(client.is_closed_by_peer());
    CHECK(Client(server.port()).exchange(get("/hello")).status == 200);
}

TEST_CASE("a sane request id is repeated, any other replaced", "[ingest]") {
    ServerOptions options;
    options.request_id_prefix = "boot7";
    RunningServer server(options);
    Client client(server.port());
    const auto id_for = [&client](const std::string& id) {
        const Answer answer =
            client.exchange("GET /hello HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + id + "\r\n\r\n");
        return answer.headers.at("x-request-id");
    };
    CHECK(id_for("3f2a-9.c:D_e") == "3f2a-9.c:D_e");
    CHECK(id_for(std::string(64, 'a')) == std::string(64, 'a'));
    CHECK(id_for(std::string(65, 'a')) == "boot7-1");
    CHECK(id_for("a b") == "boot7-2");
    CHECK(id_for("\"}") == "boot7-3");
    CHECK(client.exchange(get("/hello")).headers.at("x-request-id") == "boot7-4");
}

TEST_CASE("the peer's address is given to handlers, which may take the request away", "[ingest]") {
    RunningServer server({}, [](Gate&) {
        Router router;
        router.add("GET", "/peer", [](Request& request) -> asio::awaitable<Response> {
            const Request taken = std::move(request);
            co_return Response(200, "text/plain", taken.peer_address);
        });
        return router;
    });
    Client client(server.port());
    for (const std::string id : {"req-1", "req-2"}) {
        const Answer answer = client.exchange(get("/peer"));
        CHECK(answer.body == "127.0.0.1");
        CHECK(answer.headers.at("x-request-id") == id);
    }
}

TEST_CASE("connections, responses and bytes are counted", "[ingest]") {
    RunningServer server;
    Client client(server.port());
    const std::string request = get("/hello");
    REQUIRE(client.exchange(request).status == 200);
    REQUIRE(client.exchange(get("/nowhere")).status == 404);
    const Counters counters = server.counters();
    CHECK(counters.connections_open == 1);
    CHECK(counters.responses_by_class[2] == 1);
    CHECK(counters.responses_by_class[4] == 1);
    CHECK(counters.bytes_in == request.size() + get("/nowhere").size());
    CHECK(counters.bytes_out > 0);
}

TEST_CASE("an address that cannot be listened on is an error", "[ingest]") {
    asio::io_context io;
    ServerOptions options;
    options.address = "not an address";
    const auto wrong = Server::listen(io.get_executor(), options, Router());
    REQUIRE(!wrong);
    CHECK(wrong.error().field == "address");

    RunningServer server;
    options.address = "127.0.0.1";
    options.port = server.port();
    const auto taken = Server::listen(io.get_executor(), options, Router());
    REQUIRE(!taken);
    CHECK(taken.error().code == ledger::Errc::unavailable);
}

}  // namespace ingest::http::test::http_server_test
