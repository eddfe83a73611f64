// /api/trades over HTTP, with the test in the brokers' place.
#include "tests/ingest/api_fixture.h"

#include <cstdint>
#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace ingest::test::api_trades_test {

namespace {

using ledger::EventId;
using ledger::text::JsonValue;

const std::string replicate = "/api/trades/replicate";
const std::string exit_path = "/api/trades/exit";
const std::string modify = "/api/trades/modify";

std::string trade_body(const std::string& more = {}, const std::string& trade = {}) {
    return R"({"wait_ms":0,"trade":{"id":"T1","symbol":"RELIANCE","scrip_code":2885,"side":"BUY",
        "quantity":100,"price":500)" +
           trade + "}" + more + "}";
}

// What an executor and a broker would tell, order by order.
class Broker {
  public:
    explicit Broker(ApiFixture& api) : api_(api) {}

    // The latest order intended for the follower.
    [[nodiscard]] EventId order_of(std::uint32_t follower) const {
        EventId order;
        for (const ledger::Event& event : api_.events()) {
            const auto* intended = std::get_if<ledger::FollowerOrderIntended>(&event.payload);
            if (intended != nullptr && intended->follower.value() == follower) order = event.id;
        }
        REQUIRE_FALSE(order.is_zero());
        return order;
    }

    void accept(const EventId& order) {
        tell(ledger::RecordAccepted{start(order), "B-" + ledger::to_text(order), false});
    }

    void reject(const EventId& order) {
        tell(ledger::RecordRejected{start(order), "RMS", "margin is short", false});
    }

    void fill(const EventId& order, std::int64_t quantity, std::int64_t of) {
        ledger::FollowerOrderReported report;
        report.order = order;
        report.broker_order_id = "B-" + ledger::to_text(order);
        report.status =
            quantity == of ? ledger::OrdStatus::filled : ledger::OrdStatus::partially_filled;
        report.order_qty = ledger::Quantity{of};
        report.cum_qty = ledger::Quantity{quantity};
        report.avg_px = ledger::Price{5'000'000};
        tell(ledger::ReportFollowerOrder{report});
    }

  private:
    ledger::AttemptRef start(const EventId& order) {
        return tell(ledger::StartAttempt{order, order}).attempt;
    }

    ledger::Receipt tell(ledger::CommandPayload payload) {
        ledger::Command command;
        command.payload = std::move(payload);
        std::promise<ledger::Result<ledger::Receipt>> answer;
        const bool taken = api_.sequencer().submit(
            std::move(command), [&](const auto& receipt) { answer.set_value(receipt); });
        REQUIRE(taken);
        const auto receipt = answer.get_future().get();
        REQUIRE(receipt.has_value());
        return receipt.value();
    }

    ApiFixture& api_;
};

// "50 SUCCESS" for each follower: what is executed and the status.
std::vector<std::string> outcomes(const Answer& answer) {
    const auto document = ledger::text::parse_json(answer.body);
    REQUIRE(document);
    const JsonValue* results = document.value().find("results");
    REQUIRE(results != nullptr);
    std::vector<std::string> all;
    for (const JsonValue& result : results->items()) {
        const JsonValue* reason = result.find("reason");
        all.push_back(result.find("executed_quantity")->text() + " " +
                      result.find("status")->text() +
                      (reason == nullptr ? "" : " " + reason->text()));
    }
    return all;
}

using Outcomes = std::vector<std::string>;

std::string order_body(const std::string& more = {}) {
    return R"({"masterOrderId":"T1","wait_ms":0)" + more + "}";
}

std::string modify_body(const std::string& type, const std::string& value) {
    return order_body(R"(,"modification":{"type":")" + type + R"(","value":)" + value + "}");
}

}  // namespace

TEST_CASE("a trade is replicated to each follower by its own terms", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 3);
    REQUIRE(admin.post("/api/followers/risk-config", R"({"followerId":"f1","lot_multiplier":0.5})")
                .status == 200);
    REQUIRE(admin.post("/api/followers/risk-config", R"({"followerId":"f2","max_quantity":80})")
                .status == 200);
    REQUIRE(admin.put("/api/followers/f3", R"({"enabled":false})").status == 200);
    const Answer told = admin.post(replicate, trade_body());
    CHECK(told.status == 200);
    CHECK(member(told, "ok") == "true");
    CHECK(member(told, "eventId").size() == 32);
    CHECK(member(told, "duplicate") == "false");
    CHECK(outcomes(told) == Outcomes{"0 PENDING", "0 PENDING", "0 SKIPPED ACCOUNT_DISABLED"});
    CHECK(told.body.find(R"("capped_by":"MAX_QUANTITY")") != std::string::npos);

    Broker broker{api};
    broker.accept(broker.order_of(2));
    broker.accept(broker.order_of(3));
    const Answer known = admin.get(replicate + "?masterOrderId=T1");
    CHECK(outcomes(known) == Outcomes{"50 SUCCESS", "80 SUCCESS", "0 SKIPPED ACCOUNT_DISABLED"});
    CHECK(known.body.find(R"("summary":{"total_followers":3,"successful":2,"failed":0,"skipped":1,)"
                          R"("pending":0})") != std::string::npos);
    CHECK(known.body.find(R"("username":"f1")") != std::string::npos);

    const Answer repeated = admin.post(replicate, trade_body());
    CHECK(member(repeated, "duplicate") == "true");
    CHECK(member(repeated, "eventId") == member(told, "eventId"));
    CHECK(outcomes(repeated) == outcomes(known));
    CHECK(api.count_events("FollowerOrderIntended") == 2);
}

TEST_CASE("the answer waits for the brokers", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    ApiClient waiting = api.client(Role::admin);
    waiting.begin_post(replicate, R"({"wait_ms":20000,"trade":{"id":"T1","symbol":"RELIANCE",
        "side":"SELL","quantity":10,"price":500}})");
    while (api.count_events("FollowerOrderIntended") == 0) std::this_thread::yield();
    Broker broker{api};
    broker.reject(broker.order_of(2));
    CHECK(outcomes(waiting.receive()) == Outcomes{"0 FAILED RMS: margin is short"});
}

TEST_CASE("what is filled is told apart from what works", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin.post(replicate, trade_body()).status == 200);
    Broker broker{api};
    const EventId order = broker.order_of(2);
    broker.accept(order);
    broker.fill(order, 30, 100);
    const Answer known = admin.get(replicate + "?masterOrderId=T1&masterId=M1");
    CHECK(outcomes(known) == Outcomes{"100 SUCCESS"});
    CHECK(known.body.find(R"("filled_quantity":30)") != std::string::npos);
    CHECK(known.body.find(R"("status":"PARTIALLY_FILLED")") != std::string::npos);
}

TEST_CASE("a trade's order is a limit order where it has a price, else a market order",
          "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin.post(replicate, trade_body()).status == 200);
    REQUIRE(admin
                .post(replicate, R"({"wait_ms":0,"masterId":"M1","trade":{"id":"T2",
        "symbol":"RELIANCE","side":"BUY","quantity":5}})")
                .status == 200);
    std::vector<ledger::MasterOrderReported> reports;
    for (const ledger::Event& event : api.events()) {
        const auto* report = std::get_if<ledger::MasterOrderReported>(&event.payload);
        if (report != nullptr) reports.push_back(*report);
    }
    REQUIRE(reports.size() == 2);
    CHECK(reports[0].terms.type == ledger::OrderType::limit);
    CHECK(reports[0].channel == "api/trades");
    CHECK(reports[1].terms.type == ledger::OrderType::market);
    // The symbol is known by now, and with it the token.
    CHECK(reports[1].instrument.token == "2885");
}

TEST_CASE("a bad field of a trade is refused by its name", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const auto before = api.events().size();
    const auto field_of = [&](const std::string& body) {
        const Answer answer = admin.post(replicate, body);
        CHECK(answer.status == 422);
        return member(answer, "field");
    };
    CHECK(field_of("{}") == "trade");
    CHECK(field_of(R"({"trade":5})") == "trade");
    CHECK(field_of(R"({"trade":{}})") == "trade.id");
    CHECK(field_of(R"({"trade":{"id":1}})") == "trade.symbol");
    CHECK(field_of(R"({"trade":{"id":1,"symbol":"A"}})") == "trade.side");
    CHECK(field_of(R"({"trade":{"id":1,"symbol":"A","side":"BUY"}})") == "trade.quantity");
    CHECK(field_of(trade_body({}, R"(,"order_type":"SL")")) == "trade.trigger_price");
    CHECK(field_of(trade_body({}, R"(,"order_type":"X")")) == "trade.order_type");
    CHECK(field_of(trade_body({}, R"(,"product":"X")")) == "trade.product");
    CHECK(field_of(trade_body({}, R"(,"exchange":"NYSE")")) == "trade.exchange");
    CHECK(
        field_of(R"({"wait_ms":30001,"trade":{"id":1,"symbol":"A","side":"BUY","quantity":1}})") ==
        "wait_ms");
    const Answer unknown = admin.post(replicate, trade_body(R"(,"masterId":"nobody")"));
    CHECK(unknown.status == 404);
    CHECK(member(unknown, "field") == "masterId");
    CHECK(api.events().size() == before);
    REQUIRE(admin.post("/api/masters", R"({"master_name":"B","broker_account":"M2"})").status ==
            201);
    CHECK(field_of(trade_body()) == "masterId");
}

TEST_CASE("a new price or quantity reaches the followers' orders", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin.post(replicate, trade_body()).status == 200);
    Broker broker{api};
    broker.accept(broker.order_of(2));
    const Answer priced = admin.post(modify, modify_body("PRICE", "\"495.05\""));
    CHECK(priced.status == 200);
    CHECK(outcomes(priced) == Outcomes{"100 PENDING"});
    const Answer repeated = admin.post(modify, modify_body("PRICE", "495.05"));
    CHECK(member(repeated, "duplicate") == "true");
    CHECK(member(repeated, "eventId") == member(priced, "eventId"));
    CHECK(admin.post(modify, modify_body("QUANTITY", "60")).status == 200);
    const auto events = api.events();
    std::vector<ledger::OrderTerms> terms;
    for (const ledger::Event& event : events) {
        const auto* intended = std::get_if<ledger::FollowerModifyIntended>(&event.payload);
        if (intended != nullptr) terms.push_back(intended->terms);
    }
    REQUIRE(terms.size() == 2);
    CHECK(terms[0].price == ledger::Price{4'950'500});
    CHECK(terms[1].price == ledger::Price{4'950'500});
    CHECK(terms[1].quantity == ledger::Quantity{60});
}

TEST_CASE("a modification that cannot be is refused", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin.post(replicate, trade_body()).status == 200);
    const auto before = api.events().size();
    for (const char* type : {"TARGET", "STOPLOSS"}) {
        const Answer answer = admin.post(modify, modify_body(type, "5"));
        CHECK(answer.status == 409);
        CHECK(member(answer, "detail").find("Protective orders") != std::string::npos);
    }
    const auto field_of = [&](const std::string& body) {
        const Answer answer = admin.post(modify, body);
        CHECK(answer.status == 422);
        return member(answer, "field");
    };
    CHECK(field_of("{}") == "masterOrderId");
    CHECK(field_of(order_body()) == "modification");
    CHECK(field_of(modify_body("SIZE", "5")) == "modification.type");
    CHECK(field_of(modify_body("PRICE", "0")) == "modification.value");
    CHECK(field_of(modify_body("PRICE", "null")) == "modification.value");
    CHECK(field_of(modify_body("QUANTITY", "1.5")) == "modification.value");
    CHECK(
        admin.post(modify, R"({"masterOrderId":"none","modification":{"type":"PRICE","value":1}})")
            .status == 404);
    CHECK(api.events().size() == before);
}

TEST_CASE("a stop order's trigger is its stop-loss", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(
        admin.post(replicate, trade_body({}, R"(,"order_type":"SL","trigger_price":499)")).status ==
        200);
    CHECK(admin.post(modify, modify_body("STOPLOSS", "498.5")).status == 200);
    CHECK(api.count_events("UnsentOrderAmended") == 1);
}

TEST_CASE("an exit cancels what works and closes what was filled", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 2);
    REQUIRE(admin.post(replicate, trade_body()).status == 200);
    Broker broker{api};
    const EventId first = broker.order_of(2);
    broker.accept(first);
    broker.fill(first, 100, 100);
    const Answer left = admin.post(exit_path, order_body());
    CHECK(left.status == 200);
    // The second follower's order was never sent: there is nothing to close.
    CHECK(outcomes(left) == Outcomes{"0 PENDING", "0 SUCCESS"});
    const EventId closing = broker.order_of(2);
    REQUIRE(closing != first);
    broker.accept(closing);
    broker.fill(closing, 100, 100);
    const std::string id = R"({"masterOrderId":"T1","masterId":1,"scope":"POSITION","wait_ms":0})";
    CHECK(admin.post(exit_path, id).status == 200);
    CHECK(api.count_events("UnsentOrderWithdrawn") == 1);
    CHECK(outcomes(admin.get(replicate + "?masterOrderId=T1")) ==
          Outcomes{"100 SUCCESS", "0 SKIPPED WITHDRAWN"});
}

TEST_CASE("a bad exit is refused by its field", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin.post(replicate, trade_body()).status == 200);
    CHECK(member(admin.post(exit_path, "{}"), "field") == "masterOrderId");
    CHECK(member(admin.post(exit_path, order_body(R"(,"scope":"ALL")")), "field") == "scope");
    CHECK(member(admin.post(exit_path, R"({"masterOrderId":"T1","wait_ms":-1})"), "field") ==
          "wait_ms");
    CHECK(admin.post(exit_path, R"({"masterOrderId":"T9"})").status == 404);
    CHECK(admin.get(replicate + "?masterOrderId=T9").status == 404);
    CHECK(member(admin.get(replicate), "field") == "masterOrderId");
    CHECK(api.count_events("ExitRequested") == 0);
}

TEST_CASE("a master order is found by the ledger's id too", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(admin.post(replicate, trade_body()).status == 200);
    const std::string id = ledger::to_text(ledger::master_order_id("blaze", "M1", "T1"));
    CHECK(admin.get(replicate + "?masterOrderId=" + id).body ==
          admin.get(replicate + "?masterOrderId=T1").body);
}

TEST_CASE("a trade's key makes another trade under it a conflict", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const Answer first = admin.post_with_key(replicate, trade_body(), "k");
    CHECK(member(admin.post_with_key(replicate, trade_body(), "k"), "eventId") ==
          member(first, "eventId"));
    CHECK(admin.post_with_key(replicate, trade_body({}, R"(,"product":"CNC")"), "k").status == 409);
}

TEST_CASE("master events are listed newest first", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 0);
    for (int i = 1; i <= 5; ++i) {
        const std::string id = "\"" + std::to_string(i) + "\"";
        REQUIRE(admin.post("/api/webhooks/blaze/order", webhook_body({{"order_id", id}})).status ==
                200);
    }
    const auto sequences = [](const Answer& answer) {
        const auto document = ledger::text::parse_json(answer.body);
        REQUIRE(document);
        std::string all;
        for (const JsonValue& row : document.value().find("rows")->items()) {
            all += row.find("sequence")->text() + " ";
        }
        return all;
    };
    const Answer newest = admin.get("/api/trades/events?limit=2");
    CHECK(sequences(newest) == "6 5 ");
    CHECK(member(newest, "next") == "5");
    const Answer older = admin.get("/api/trades/events?limit=9&cursor=5");
    CHECK(sequences(older) == "4 3 2 ");
    CHECK(member(older, "next").empty());
    CHECK(member(admin.get("/api/trades/events?limit=0"), "field") == "limit");
    CHECK(member(admin.get("/api/trades/events?cursor=x"), "field") == "cursor");
}

TEST_CASE("a simulation says what would be sent and changes nothing", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 2);
    REQUIRE(admin.post("/api/followers/risk-config", R"({"followerId":"f1","max_quantity":80})")
                .status == 200);
    REQUIRE(admin.put("/api/followers/f2", R"({"enabled":false})").status == 200);
    const auto before = api.events().size();
    ApiClient auditor = api.client(Role::auditor);
    const Answer webhook = auditor.post("/api/simulate", webhook_body());
    CHECK(webhook.status == 200);
    CHECK(webhook.body.find(R"("outcome":"SEND","action":"NEW","side":"BUY","order_type":"LIMIT",)"
                            R"("product":"MIS","quantity":80)") != std::string::npos);
    CHECK(webhook.body.find(R"("limit":{"rule":"MAX_QUANTITY","scope":"FOLLOWER","bound":"80",)"
                            R"("actual":"100"})") != std::string::npos);
    CHECK(webhook.body.find(R"("reason":"ACCOUNT_DISABLED")") != std::string::npos);
    CHECK(webhook.body.find(R"("summary":{"would_send":1,"would_skip":1})") != std::string::npos);
    const Answer trade = auditor.post("/api/simulate", trade_body());
    CHECK(trade.body.find(R"("quantity":80)") != std::string::npos);
    CHECK(api.events().size() == before);
}

TEST_CASE("a simulation uses the marks that were told or those that it brings", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    REQUIRE(
        admin.post("/api/followers/risk-config", R"({"followerId":"f1","max_order_value":1000000})")
            .status == 200);
    const std::string market =
        R"({"trade":{"id":"S","symbol":"RELIANCE","side":"BUY","quantity":10})";
    CHECK(admin.post("/api/simulate", market + "}").body.find("NO_REFERENCE_PRICE") !=
          std::string::npos);
    const std::string marked = market + R"(,"marks":[{"symbol":"RELIANCE","price":200000}]})";
    CHECK(admin.post("/api/simulate", marked).body.find("MAX_ORDER_VALUE") != std::string::npos);
    REQUIRE(admin.post("/api/marks", R"([{"symbol":"RELIANCE","price":50}])").status == 200);
    CHECK(admin.post("/api/simulate", market + "}").body.find(R"("outcome":"SEND")") !=
          std::string::npos);
    CHECK(member(admin.post("/api/simulate", market + R"(,"marks":[{"price":1}]})"), "field") ==
          "marks[0].symbol");
    CHECK(member(admin.post("/api/simulate", "{}"), "field") == "event_type");
    CHECK(admin.post("/api/simulate", webhook_body({{"account_id", "\"M9\""}})).status == 404);
}

}  // namespace ingest::test::api_trades_test
