#include "executors/http/http_client.h"

#include "tests/executors/scripted_server.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace http_client_test {

namespace asio = boost::asio;
using executors::BaseUrl;
using executors::HttpClient;
using executors::HttpClientOptions;
using executors::HttpMethod;
using executors::HttpRequest;
using executors::HttpResponse;
using executors::HttpResult;
using executors::NotSent;
using executors::Unanswered;
using scripted::Server;
using scripted::Step;

namespace {

using std::chrono::milliseconds;

// Short enough to wait for, and long enough for a loaded machine to answer in.
constexpr milliseconds short_timeout{400};

std::unique_ptr<HttpClient> client_for(asio::io_context& io, const std::string& url,
                                       const HttpClientOptions& options = {}) {
    return HttpClient::make(io.get_executor(), executors::parse_base_url(url).value(), options)
        .value();
}

HttpRequest request(HttpMethod method, std::string body = {}) {
    HttpRequest request;
    request.method = method;
    request.target = "/things?id=1";
    request.body = std::move(body);
    return request;
}

const HttpRequest get = request(HttpMethod::get);
const HttpRequest post = request(HttpMethod::post, R"({"a":1})");

HttpRequest impatient(HttpRequest request) {
    request.timeout = short_timeout;
    return request;
}

Step half_an_answer(Step::Then then) {
    Step step = scripted::answer(200, "whole");
    step.bytes.resize(step.bytes.size() - 2);
    step.then = then;
    return step;
}

Step closing(Step step) {
    step.then = Step::Then::close;
    return step;
}

const HttpResponse& response(const HttpResult& result) {
    return std::get<HttpResponse>(result);
}

bool is_unanswered(const HttpResult& result) {
    return std::holds_alternative<Unanswered>(result);
}

}  // namespace

TEST_CASE("a request goes out whole and its answer comes back whole", "[executors]") {
    asio::io_context io{1};
    const Server server{io, {scripted::answer(201, "made")}};
    const auto client = client_for(io, server.url());
    HttpRequest asked = post;
    asked.headers = {{"authorization", "token"}};
    const auto result = scripted::run(io, client->request(asked));
    CHECK(response(result).status == 201);
    CHECK(response(result).body == "made");
    CHECK(response(result).headers.at(0).value == "application/json");
    CHECK(server.requests().at(0) ==
          "POST /things?id=1 HTTP/1.1\r\nHost: " + server.url().substr(7) +
              "\r\nUser-Agent: copyledger\r\nauthorization: token\r\n"
              "Content-Length: 7\r\n\r\n{\"a\":1}");
}

TEST_CASE("requests that follow one another share a connection", "[executors]") {
    asio::io_context io{1};
    const Server server{io, std::vector<Step>(5, scripted::answer(200, "x"))};
    const auto client = client_for(io, server.url());
    for (int i = 0; i < 5; ++i) {
        CHECK(response(scripted::run(io, client->request(post))).status == 200);
    }
    CHECK(server.connections() == 1);
}

TEST_CASE("an answer in chunks, or one that ends with its connection, is read", "[executors]") {
    asio::io_context io{1};
    Step chunked;
    chunked.bytes =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    Step unbounded;
    unbounded.bytes = "HTTP/1.1 200 OK\r\n\r\nto the end";
    unbounded.then = Step::Then::close;
    const Server server{io, {chunked, unbounded}};
    const auto client = client_for(io, server.url());
    CHECK(response(scripted::run(io, client->request(post))).body == "abcde");
    CHECK(response(scripted::run(io, client->request(post))).body == "to the end");
}

TEST_CASE("a server that cannot be reached was sent nothing", "[executors]") {
    asio::io_context io{1};
    const auto port = std::to_string(scripted::closed_port(io));
    for (const std::string host : {"127.0.0.1", "localhost"}) {
        const auto client = client_for(io, "http://" + host + ":" + port);
        const auto result = scripted::run(io, client->request(post));
        CHECK(std::holds_alternative<NotSent>(result));
    }
}

TEST_CASE("a header or target that would break its line is never sent", "[executors]") {
    asio::io_context io{1};
    const Server server{io, {scripted::answer(200, "x")}};
    const auto client = client_for(io, server.url());
    HttpRequest smuggled = post;
    smuggled.headers = {{"authorization", "token\r\nX-Other: 1"}};
    CHECK(std::holds_alternative<NotSent>(scripted::run(io, client->request(smuggled))));
    HttpRequest split = post;
    split.target = "/things HTTP/1.1\r\nX: 1";
    CHECK(std::holds_alternative<NotSent>(scripted::run(io, client->request(split))));
    CHECK(server.requests().empty());
}

TEST_CASE("once sent, anything but a whole answer is no answer", "[executors]") {
    const auto broken =
        GENERATE(as<Step>{}, Step{{}, Step::Then::close}, Step{{}, Step::Then::reset},
                 Step{{}, Step::Then::keep}, half_an_answer(Step::Then::close),
                 half_an_answer(Step::Then::reset), half_an_answer(Step::Then::keep),
                 Step{"gibberish\r\n\r\n", Step::Then::keep},
                 Step{"HTTP/1.1 100 Continue\r\n\r\n", Step::Then::keep});
    asio::io_context io{1};
    const Server server{io, {broken, scripted::answer(200, "x")}};
    const auto client = client_for(io, server.url());
    for (const auto& asked : {impatient(post), get}) {
        const bool first = server.requests().empty();
        const auto result = scripted::run(io, client->request(asked));
        CHECK(is_unanswered(result) == first);
    }
    CHECK(server.requests().size() == 2);
    CHECK(server.connections() == 2);
}

TEST_CASE("an answer that never ends is cut off at its bound", "[executors]") {
    asio::io_context io{1};
    Step endless_body = scripted::answer(200, std::string(5'000, 'x'));
    Step endless_head;
    endless_head.bytes = "HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x');
    const Server server{io, {endless_body, endless_head}};
    HttpClientOptions options;
    options.response_bytes_max = 1'000;
    const auto client = client_for(io, server.url(), options);
    CHECK(is_unanswered(scripted::run(io, client->request(post))));
    CHECK(is_unanswered(scripted::run(io, client->request(post))));
}

TEST_CASE("on a kept connection that dies only a GET is repeated", "[executors]") {
    asio::io_context io{1};
    const Step dies{{}, Step::Then::close};
    const Step lives = scripted::answer(200, "x");
    const Server server{io, {lives, dies, lives, dies, lives}};
    const auto client = client_for(io, server.url());
    REQUIRE(response(scripted::run(io, client->request(post))).status == 200);
    CHECK(response(scripted::run(io, client->request(get))).status == 200);
    CHECK(is_unanswered(scripted::run(io, client->request(post))));
    CHECK(server.requests().size() == 4);
    CHECK(response(scripted::run(io, client->request(post))).status == 200);
}

TEST_CASE("a kept connection that its server has closed is not used again", "[executors]") {
    asio::io_context io{1};
    const Server server{io, {closing(scripted::answer(200, "x")), scripted::answer(200, "y")}};
    const auto client = client_for(io, server.url());
    REQUIRE(response(scripted::run(io, client->request(post))).body == "x");
    scripted::run_until(io, [&] { return server.connections_ended() == 1; });
    CHECK(response(scripted::run(io, client->request(post))).body == "y");
}

TEST_CASE("a connection with bytes that nobody asked for is not used again", "[executors]") {
    asio::io_context io{1};
    Step two_answers = scripted::answer(200, "x");
    two_answers.bytes += scripted::answer(200, "of nobody").bytes;
    const Server server{io, {two_answers, scripted::answer(200, "y")}};
    const auto client = client_for(io, server.url());
    REQUIRE(response(scripted::run(io, client->request(post))).body == "x");
    CHECK(response(scripted::run(io, client->request(post))).body == "y");
}

TEST_CASE("a connection that rests too long is closed", "[executors]") {
    asio::io_context io{1};
    const Server server{io, {scripted::answer(200, "x"), scripted::answer(200, "y")}};
    HttpClientOptions options;
    options.idle_max = milliseconds{1};
    const auto client = client_for(io, server.url(), options);
    REQUIRE(response(scripted::run(io, client->request(post))).body == "x");
    scripted::run_until(io, [&] { return server.connections_ended() == 1; });
    CHECK(response(scripted::run(io, client->request(post))).body == "y");
    CHECK(server.connections() == 2);
}

TEST_CASE("requests beyond the connections wait their turn, and beyond the waiters are turned away",
          "[executors]") {
    asio::io_context io{1};
    const Server server{io, std::vector<Step>(4, scripted::answer(200, "x"))};
    HttpClientOptions options;
    options.connections_max = 2;
    options.waiters_max = 2;
    const auto client = client_for(io, server.url(), options);
    std::vector<std::shared_ptr<std::optional<HttpResult>>> results;
    for (int i = 0; i < 5; ++i) results.push_back(scripted::start(io, client->request(post)));
    scripted::run_until(io, [&] {
        return std::ranges::all_of(results, [](const auto& result) { return result->has_value(); });
    });
    for (std::size_t i = 0; i < 4; ++i) CHECK(response(**results[i]).status == 200);
    CHECK(std::holds_alternative<NotSent>(**results[4]));
    CHECK(server.connections() == 2);
}

TEST_CASE("who waits in vain for a connection has sent nothing", "[executors]") {
    asio::io_context io{1};
    const Server server{io, {}};
    HttpClientOptions options;
    options.connections_max = 1;
    const auto client = client_for(io, server.url(), options);
    const auto hanging = scripted::start(io, client->request(post));
    const HttpRequest asked = impatient(post);
    const auto waiting = scripted::start(io, client->request(asked));
    scripted::run_until(io, [&] { return waiting->has_value(); });
    CHECK(std::holds_alternative<NotSent>(**waiting));
    CHECK_FALSE(hanging->has_value());
}

TEST_CASE("a base URL is split, or refused with its fault", "[executors]") {
    const auto parse = [](std::string_view text) { return executors::parse_base_url(text); };
    CHECK(parse("http://h:9090/a/b//").value() == BaseUrl{false, "h", "9090", "h:9090", "/a/b"});
    CHECK(parse("https://h.example").value() == BaseUrl{true, "h.example", "443", "h.example", ""});
    CHECK(parse("http://[::1]:80/").value() == BaseUrl{false, "::1", "80", "[::1]", ""});
    for (const std::string bad :
         {"", "h:9090", "ftp://h", "http://", "http://u:p@h", "http://h/?k=1", "http://h#f",
          "http://h:0", "http://h:99999", "http://h :1", "http://[::1]x/y"}) {
        INFO(bad);
        CHECK(parse(bad).has_error());
    }
    rc::prop("garbage is never a crash",
             [&](const std::string& text) { static_cast<void>(parse(text)); });
}

}  // namespace http_client_test
