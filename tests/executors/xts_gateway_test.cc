#include "executors/brokers/xts/xts_gateway.h"

#include "tests/executors/scripted_server.h"
#include "tests/executors/xts_samples.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace xts_gateway_test {

namespace asio = boost::asio;
using executors::Accepted;
using executors::Book;
using executors::BookRead;
using executors::BookUnread;
using executors::Outcome;
using executors::Refused;
using executors::Unknown;
using executors::XtsGateway;
using executors::XtsOptions;
using scripted::answer;
using scripted::Server;
using scripted::Step;

namespace {

std::unique_ptr<XtsGateway> gateway_at(asio::io_context& io, const std::string& url) {
    XtsOptions options;
    options.base_url = url;
    return XtsGateway::make(io.get_executor(), options).value();
}

Step login(const std::string& token) {
    return answer(200, R"({"type":"success","result":{"token":")" + token +
                           R"(","userID":"TEST","isInvestorClient":true}})");
}

Step accepted() {
    return answer(
        200,
        R"({"type":"success","code":"s-orders-0001","description":"Request sent","result":{"AppOrderID":10026325,"OrderUniqueIdentifier":"c0ffee0123456789abcd","ClientID":"TEST"}})");
}

Step token_refused() {
    return answer(400, R"({"type":"error","code":"e-token-0002","description":"Invalid token"})");
}

std::string first_line(const std::string& request) {
    return request.substr(0, request.find('\r'));
}

// What the tests share: an account and requests that outlive every coroutine.
struct Desk {
    explicit Desk(std::vector<Step> steps)
        : server(io, std::move(steps)), gateway(gateway_at(io, server.url())) {}

    Outcome place() { return scripted::run(io, gateway->place(account, order)); }

    asio::io_context io{1};
    executors::BrokerAccount account = samples::account();
    executors::PlaceRequest order = samples::place();
    Server server;
    std::unique_ptr<XtsGateway> gateway;
};

}  // namespace

TEST_CASE("an order is placed with the session's token and the recorded bytes", "[executors]") {
    Desk desk{{login("T1"), accepted()}};
    CHECK(desk.place() == Outcome{Accepted{"10026325"}});
    const auto& requests = desk.server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(first_line(requests[0]) == "POST /interactive/user/session HTTP/1.1");
    CHECK(first_line(requests[1]) == "POST /interactive/orders HTTP/1.1");
    CHECK_THAT(requests[1], Catch::Contains("\r\nauthorization: T1\r\n"));
    CHECK_THAT(requests[1], Catch::Contains("\r\nContent-Type: application/json\r\n"));
    CHECK_THAT(requests[1], Catch::EndsWith(R"("apiOrderSource":"","clientID":"TEST"})"));
}

TEST_CASE("one login serves an account's place, modify, cancel and book", "[executors]") {
    Desk desk{{login("T1"), accepted(), accepted(), accepted(),
               answer(200, samples::recorded("xts_order_book.json"))}};
    CHECK(desk.place() == Outcome{Accepted{"10026325"}});
    const auto modify = samples::modify();
    CHECK(scripted::run(desk.io, desk.gateway->modify(desk.account, modify)) ==
          Outcome{Accepted{"10026325"}});
    const auto cancel = samples::cancel();
    CHECK(scripted::run(desk.io, desk.gateway->cancel(desk.account, cancel)) ==
          Outcome{Accepted{"10026325"}});
    const Book book = scripted::run(desk.io, desk.gateway->order_book(desk.account));
    CHECK(std::get<BookRead>(book).rows.size() == 1);
    const auto& requests = desk.server.requests();
    REQUIRE(requests.size() == 5);
    CHECK(first_line(requests[2]) == "PUT /interactive/orders HTTP/1.1");
    CHECK(first_line(requests[3]) ==
          "DELETE /interactive/orders?appOrderID=10026325&"
          "orderUniqueIdentifier=c0ffee0123456789abcd&clientID=TEST HTTP/1.1");
    CHECK_THAT(requests[3], Catch::Contains("\r\nContent-Length: 0\r\n"));
    CHECK(first_line(requests[4]) == "GET /interactive/orders HTTP/1.1");
    CHECK(desk.server.connections() == 1);
}

TEST_CASE("a base URL may name the interactive prefix or not", "[executors]") {
    asio::io_context io{1};
    const auto account = samples::account();
    const auto order = samples::place();
    for (const std::string path : {"", "/", "/interactive", "/interactive/"}) {
        const Server server{io, {login("T1"), accepted()}};
        const auto gateway = gateway_at(io, server.url() + path);
        CHECK(scripted::run(io, gateway->place(account, order)) == Outcome{Accepted{"10026325"}});
        CHECK(first_line(server.requests().at(1)) == "POST /interactive/orders HTTP/1.1");
    }
    XtsOptions nonsense;
    nonsense.base_url = "nonsense";
    CHECK(XtsGateway::make(io.get_executor(), nonsense).error().field == "base_url");
}

TEST_CASE("an order that was sent and not readably answered is unknown, and is not sent again",
          "[executors]") {
    Step half = accepted();
    half.bytes.resize(half.bytes.size() - 5);
    half.then = Step::Then::close;
    const auto broken =
        GENERATE_COPY(as<Step>{}, Step{{}, Step::Then::close}, Step{{}, Step::Then::reset}, half,
                      answer(502, "<html>Bad Gateway</html>"), answer(200, "<html>hello</html>"));
    Desk desk{{login("T1"), broken}};
    CHECK(std::holds_alternative<Unknown>(desk.place()));
    CHECK(desk.server.requests().size() == 2);
}

TEST_CASE("an order that is not answered in time is unknown", "[executors]") {
    asio::io_context io{1};
    const auto account = samples::account();
    const auto order = samples::place();
    const Server server{io, {login("T1")}};
    XtsOptions options;
    options.base_url = server.url();
    options.timeout = std::chrono::milliseconds{500};
    const auto gateway = XtsGateway::make(io.get_executor(), options).value();
    CHECK(scripted::run(io, gateway->place(account, order)) ==
          Outcome{Unknown{"no answer in time"}});
    CHECK(server.requests().size() == 2);
}

TEST_CASE("a broker that cannot be reached was sent nothing, and may be tried again",
          "[executors]") {
    asio::io_context io{1};
    const auto account = samples::account();
    const auto order = samples::place();
    const auto port = std::to_string(scripted::closed_port(io));
    const auto gateway = gateway_at(io, "http://127.0.0.1:" + port);
    const Outcome outcome = scripted::run(io, gateway->place(account, order));
    CHECK(std::get<Refused>(outcome).code == "NOT_SENT");
    CHECK(std::get<Refused>(outcome).retryable);
    CHECK(std::holds_alternative<BookUnread>(scripted::run(io, gateway->order_book(account))));
}

TEST_CASE("a refused token is replaced once and the order sent again", "[executors]") {
    Desk desk{{login("T1"), token_refused(), login("T2"), accepted()}};
    CHECK(desk.place() == Outcome{Accepted{"10026325"}});
    REQUIRE(desk.server.requests().size() == 4);
    CHECK_THAT(desk.server.requests()[3],
               Catch::Contains("\r\nauthorization: T2\r\n") && !Catch::Contains("T1"));
}

TEST_CASE("tokens that are refused for ever end in a refusal that may be tried again",
          "[executors]") {
    Desk desk{{login("T1"), token_refused(), login("T2"), token_refused()}};
    CHECK(desk.place() == Outcome{Refused{"e-token-0002", "Invalid token", true}});
    CHECK(desk.server.requests().size() == 4);
}

TEST_CASE("a book is read again with a new token", "[executors]") {
    Desk desk{{login("T1"), token_refused(), login("T2"),
               answer(400, R"({"type":"error","code":"e-orders-0005","description":"none"})")}};
    const Book book = scripted::run(desk.io, desk.gateway->order_book(desk.account));
    CHECK(std::get<BookRead>(book).rows.empty());
}

TEST_CASE("requests that start together share one login", "[executors]") {
    std::vector<Step> steps{login("T1")};
    for (int i = 0; i < 10; ++i) steps.push_back(accepted());
    Desk desk{steps};
    std::vector<std::shared_ptr<std::optional<Outcome>>> outcomes;
    for (int i = 0; i < 10; ++i) {
        outcomes.push_back(scripted::start(desk.io, desk.gateway->place(desk.account, desk.order)));
    }
    for (const auto& outcome : outcomes) {
        scripted::run_until(desk.io, [&] { return outcome->has_value(); });
        CHECK(**outcome == Outcome{Accepted{"10026325"}});
    }
    CHECK(desk.server.requests().size() == 11);
}

TEST_CASE("a failed login fails all who waited for it, and the next request tries anew",
          "[executors]") {
    Desk desk{{answer(503, "down"), login("T1"), accepted()}};
    const auto first = scripted::start(desk.io, desk.gateway->place(desk.account, desk.order));
    const auto second = scripted::start(desk.io, desk.gateway->place(desk.account, desk.order));
    scripted::run_until(desk.io, [&] { return first->has_value() && second->has_value(); });
    CHECK(**first == **second);
    CHECK(std::get<Refused>(**first).code == "NOT_SENT");
    CHECK(std::get<Refused>(**first).retryable);
    CHECK(desk.place() == Outcome{Accepted{"10026325"}});
}

TEST_CASE("refused credentials are the broker's last word, without the secret it quotes",
          "[executors]") {
    Desk desk{{answer(
        400, R"({"type":"error","code":"e-login-1","description":"secret-key-1 is wrong"})")}};
    CHECK(desk.place() == Outcome{Refused{"e-login-1", "* is wrong", false}});
    CHECK(desk.server.requests().size() == 1);
}

TEST_CASE("a refusal does not quote the token", "[executors]") {
    Desk desk{{login("T0KEN"),
               answer(400, R"({"type":"error","code":"e-1","description":"T0KEN may not"})")}};
    CHECK(desk.place() == Outcome{Refused{"e-1", "* may not", false}});
}

TEST_CASE("accounts have sessions of their own, and new credentials a new one", "[executors]") {
    Desk desk{{login("T1"), accepted(), login("T2"), accepted(), login("T3"), accepted()}};
    CHECK(desk.place() == Outcome{Accepted{"10026325"}});
    desk.account.account = 8;
    CHECK(desk.place() == Outcome{Accepted{"10026325"}});
    desk.account.credentials["appKey"] = "app-key-2";
    CHECK(desk.place() == Outcome{Accepted{"10026325"}});
    CHECK_THAT(desk.server.requests().at(4), Catch::Contains("app-key-2"));
}

TEST_CASE("what XTS has no words for is refused without asking it", "[executors]") {
    Desk desk{{}};
    desk.order.instrument.token = "NIFTY";
    const Outcome outcome = desk.place();
    CHECK(std::get<Refused>(outcome).code == "NOT_SENT");
    CHECK_FALSE(std::get<Refused>(outcome).retryable);
    CHECK(desk.server.connections() == 0);
}

TEST_CASE("an account without keys is refused without asking the broker", "[executors]") {
    Desk desk{{}};
    desk.account.credentials.clear();
    CHECK_FALSE(std::get<Refused>(desk.place()).retryable);
    CHECK(desk.server.connections() == 0);
}

}  // namespace xts_gateway_test
