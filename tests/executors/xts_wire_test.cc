#include "executors/brokers/xts/xts_wire.h"

#include "tests/executors/xts_samples.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace xts_wire_test {

using executors::Accepted;
using executors::Refused;
using executors::Unknown;
namespace xts = executors::xts;

namespace {

constexpr auto place_bytes =
    R"({"exchangeSegment":"NSECM","exchangeInstrumentID":2885,"productType":"MIS","orderType":"LIMIT","orderSide":"BUY","timeInForce":"DAY","disclosedQuantity":0,"orderQuantity":10,"limitPrice":1405.05,"stopPrice":0,"orderUniqueIdentifier":"c0ffee0123456789abcd","apiOrderSource":"","clientID":"TEST"})";
constexpr auto modify_bytes =
    R"({"appOrderID":10026325,"modifiedProductType":"MIS","modifiedOrderType":"LIMIT","modifiedOrderQuantity":8,"modifiedDisclosedQuantity":0,"modifiedLimitPrice":1406,"modifiedStopPrice":0,"modifiedTimeInForce":"DAY","orderUniqueIdentifier":"c0ffee0123456789abcd","clientID":"TEST"})";
constexpr auto rate_limited =
    R"({"type":"error","code":"e-apirl-0004","description":"Request rate limit exceeded"})";

const xts::Expected new_order{.cl_ord_id = "123777", .broker_order_id = {}};
const xts::Expected known_order{.cl_ord_id = "123777", .broker_order_id = "10026325"};

xts::OrderAnswer answer_to_place(unsigned status, std::string_view body) {
    return xts::parse_order_answer({status, body}, new_order);
}

bool is_unknown(const xts::OrderAnswer& answer) {
    return std::holds_alternative<Unknown>(answer);
}

}  // namespace

TEST_CASE("orders are written with the bytes that XTS's own client was recorded to send",
          "[executors]") {
    const auto account = samples::account();
    CHECK(xts::place_body(account, samples::place()).value() == place_bytes);
    CHECK(xts::modify_body(account, samples::modify()).value() == modify_bytes);
    CHECK(xts::cancel_target(account, samples::cancel()).value() ==
          "/orders?appOrderID=10026325&orderUniqueIdentifier=c0ffee0123456789abcd&clientID=TEST");
    CHECK(xts::login_body(account).value() ==
          R"({"secretKey":"secret-key-1","appKey":"app-key-1","source":"WEBAPI"})");
}

TEST_CASE("each order type goes out under XTS's word, with its prices in their fields",
          "[executors]") {
    auto request = samples::place();
    request.terms.type = ledger::OrderType::stop_limit;
    request.terms.trigger = ledger::Price{14'000'025};
    CHECK_THAT(xts::place_body(samples::account(), request).value(),
               Catch::Contains(R"("orderType":"STOPLIMIT")") &&
                   Catch::Contains(R"("limitPrice":1405.05,"stopPrice":1400.0025,)"));
    request.terms.type = ledger::OrderType::stop;
    request.terms.price = ledger::Price{};
    CHECK_THAT(xts::place_body(samples::account(), request).value(),
               Catch::Contains(R"("orderType":"STOPMARKET")") &&
                   Catch::Contains(R"("limitPrice":0,"stopPrice":1400.0025,)"));
    request.terms.type = ledger::OrderType::market;
    request.terms.trigger = ledger::Price{};
    CHECK_THAT(xts::place_body(samples::account(), request).value(),
               Catch::Contains(R"("orderType":"MARKET")") &&
                   Catch::Contains(R"("limitPrice":0,"stopPrice":0,)"));
}

TEST_CASE("a token or an order id that is no number is refused, not written into JSON",
          "[executors]") {
    for (const std::string bad : {"", "NIFTY", "12,\"x\":1", "-5", "007", "12345678901234567890"}) {
        auto place = samples::place();
        place.instrument.token = bad;
        CHECK(xts::place_body(samples::account(), place).error().field == "token");
        auto cancel = samples::cancel();
        cancel.broker_order_id = bad;
        CHECK(xts::cancel_target(samples::account(), cancel).error().field == "broker_order_id");
        auto modify = samples::modify();
        modify.broker_order_id = bad;
        CHECK(xts::modify_body(samples::account(), modify).has_error());
    }
}

TEST_CASE("a client code is escaped in a query", "[executors]") {
    auto account = samples::account();
    account.code = "A&B=C D";
    xts::Session session;
    CHECK(xts::book_target(account, session) == "/orders?clientID=A%26B%3DC%20D");
    session.is_investor = true;
    CHECK(xts::book_target(account, session) == "/orders");
}

TEST_CASE("an account without its keys cannot log in", "[executors]") {
    auto account = samples::account();
    account.credentials.erase("secretKey");
    CHECK(xts::login_body(account).error().code == ledger::Errc::not_allowed);
}

TEST_CASE("a login answer gives the token and who it is for", "[executors]") {
    const auto answer = xts::parse_login_answer(
        {200, R"({"type":"success","code":"s-user-0001","description":"Valid User.","result":
        {"enums":{},"clientCodes":["A1","B2"],"token":"t.o-k","userID":"U","isInvestorClient":true}})"});
    const auto& session = std::get<xts::Session>(answer);
    CHECK(session.token == "t.o-k");
    CHECK(session.user_id == "U");
    CHECK(session.is_investor);
    CHECK(session.client_codes == std::vector<std::string>{"A1", "B2"});
}

TEST_CASE("a login that was refused differs from one that was not answered", "[executors]") {
    const auto refused = xts::parse_login_answer(
        {400, R"({"type":"error","code":"e-login-0001","description":"Bad key"})"});
    CHECK(std::get<Refused>(refused) == Refused{"e-login-0001", "Bad key", false});
    const auto throttled = xts::parse_login_answer({429, rate_limited});
    CHECK(std::get<Refused>(throttled).retryable);
    CHECK(std::holds_alternative<Unknown>(xts::parse_login_answer({502, "<html>"})));
    CHECK(std::holds_alternative<Unknown>(
        xts::parse_login_answer({200, R"({"type":"success","result":{"userID":"U"}})"})));
}

TEST_CASE("the recorded answer to a new order is its acceptance", "[executors]") {
    const auto answer = answer_to_place(200, samples::recorded("xts_place_answer.json"));
    CHECK(std::get<Accepted>(answer).broker_order_id == "10026325");
}

TEST_CASE("an order id of nineteen digits keeps every digit, as a number or as text",
          "[executors]") {
    for (const std::string id : {"9223372036854775807", "\"9223372036854775807\""}) {
        const auto answer =
            answer_to_place(200, R"({"type":"success","result":{"AppOrderID":)" + id + "}}");
        CHECK(std::get<Accepted>(answer).broker_order_id == "9223372036854775807");
    }
}

TEST_CASE("a success that does not name our order is no acceptance", "[executors]") {
    CHECK(is_unknown(answer_to_place(200, R"({"type":"success","result":{}})")));
    CHECK(is_unknown(answer_to_place(200, R"({"type":"success"})")));
    CHECK(is_unknown(answer_to_place(200, R"({"type":"success","result":{"AppOrderID":1.5e3}})")));
    CHECK(is_unknown(answer_to_place(
        200, R"({"type":"success","result":{"AppOrderID":5,"OrderUniqueIdentifier":"999"}})")));
    CHECK(is_unknown(xts::parse_order_answer(
        {200, R"({"type":"success","result":{"AppOrderID":5}})"}, known_order)));
}

TEST_CASE("an answer may cut our reference, change its case, or leave it out", "[executors]") {
    const xts::Expected expected{.cl_ord_id = "c0ffee0123456789abcd", .broker_order_id = {}};
    for (const std::string reference : {"C0FFEE0123456789ABCD", "c0ffee0123", ""}) {
        const std::string body =
            R"({"type":"Success","result":{"AppOrderID":5,"OrderUniqueIdentifier":")" + reference +
            "\"}}";
        CHECK(std::get<Accepted>(xts::parse_order_answer({200, body}, expected)).broker_order_id ==
              "5");
    }
}

TEST_CASE("the answer to a modify or cancel may leave the order's id out", "[executors]") {
    const auto answer = xts::parse_order_answer(
        {200, R"({"type":"success","code":"s-orders-0001","description":"ok"})"}, known_order);
    CHECK(std::get<Accepted>(answer).broker_order_id == "10026325");
}

TEST_CASE("a readable error is a refusal, to be repeated only where the limiter spoke",
          "[executors]") {
    const auto margin = answer_to_place(
        400, R"({"type":"error","code":"e-orders-0002","description":"No MARKET","result":{}})");
    CHECK(std::get<Refused>(margin) == Refused{"e-orders-0002", "No MARKET", false});
    CHECK(std::get<Refused>(answer_to_place(400, rate_limited)).retryable);
    CHECK(std::get<Refused>(answer_to_place(429, R"({"type":"error","description":"slow down"})"))
              .retryable);
    const auto nested =
        answer_to_place(400, R"({"type":"error","data":{"code":"e-apirl-0004","message":"x"}})");
    CHECK(std::get<Refused>(nested).code == "e-apirl-0004");
    CHECK(std::get<Refused>(nested).retryable);
    CHECK(std::get<Refused>(answer_to_place(403, R"({"type":"error","description":"no"})")).code ==
          "HTTP_403");
}

TEST_CASE("a refused token is told from a refused order", "[executors]") {
    const std::vector<std::pair<unsigned, std::string>> answers{
        {400, R"({"type":"error","code":"e-session-0002","description":"x"})"},
        {400, R"({"type":"error","code":"E-TOKEN-0002","description":"x"})"},
        {401, R"({"type":"error","code":"","description":"x"})"},
        {403, R"({"type":"error","description":"Invalid Token"})"}};
    for (const auto& [status, body] : answers) {
        CHECK(std::holds_alternative<xts::SessionInvalid>(answer_to_place(status, body)));
    }
}

TEST_CASE("what leaves open whether the order was taken is unknown", "[executors]") {
    const std::string error = R"({"type":"error","code":"e-x-1","description":"x"})";
    for (const unsigned status : {500U, 502U, 503U, 504U, 408U, 301U}) {
        CHECK(is_unknown(answer_to_place(status, error)));
    }
    const std::string success = samples::recorded("xts_place_answer.json");
    CHECK(is_unknown(answer_to_place(400, success)));
    CHECK(is_unknown(answer_to_place(502, success)));
    CHECK(is_unknown(answer_to_place(200, "")));
    CHECK(is_unknown(answer_to_place(400, "<html><body>Bad Request</body></html>")));
    CHECK(is_unknown(answer_to_place(429, "Too Many Requests")));
    CHECK(is_unknown(answer_to_place(200, "[]")));
}

TEST_CASE("no beginning of an answer to an order is taken for the answer", "[executors]") {
    const std::vector<std::pair<unsigned, std::string>> answers{
        {200, samples::recorded("xts_place_answer.json")},
        {400, rate_limited},
        {400, R"({"type":"error","code":"e-orders-0002","description":"No","result":{}})"},
        {400, R"({"type":"error","code":"e-token-0002","description":"Bad token"})"}};
    for (const auto& [status, body] : answers) {
        REQUIRE_FALSE(is_unknown(answer_to_place(status, body)));
        for (std::size_t length = 0; length < body.size(); ++length) {
            REQUIRE(is_unknown(answer_to_place(status, body.substr(0, length))));
        }
    }
}

TEST_CASE("bytes that make no sense leave an order unknown", "[executors]") {
    rc::prop("whatever the status", [](const std::string& body) {
        const auto status = *rc::gen::inRange(100U, 600U);
        RC_ASSERT(is_unknown(answer_to_place(status, body)));
    });
}

TEST_CASE("a broker's long prose is cut between two characters", "[executors]") {
    std::string prose = "x";
    while (prose.size() < 2000) prose += "\u0939";
    const auto answer =
        answer_to_place(400, R"({"type":"error","code":"e-1","description":")" + prose + "\"}");
    const std::string text = std::get<Refused>(answer).text;
    CHECK(text.size() == 499);
    CHECK(prose.starts_with(text));
}

}  // namespace xts_wire_test
