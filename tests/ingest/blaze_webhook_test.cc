// What the normaliser makes of a webhook's fields, and what it refuses.
#include "ingest/blaze_webhook.h"

#include "ledger/text/json_value.h"
#include "tests/ingest/api_fixture.h"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ingest::test::blaze_webhook_test {

namespace {

using Changes = std::vector<std::pair<std::string, std::string>>;
using ledger::MasterEventType;
using ledger::Price;
using ledger::Quantity;
using ledger::SourceVersion;

ledger::Result<BlazeReport> read(const Changes& changes) {
    const auto body = ledger::text::parse_json(webhook_body(changes));
    REQUIRE(body);
    return read_blaze_order(body.value());
}

BlazeReport accepted(const Changes& changes) {
    auto report = read(changes);
    INFO((report ? "" : report.error().field + " " + report.error().detail));
    REQUIRE(report);
    return std::move(report).value();
}

std::string refused_field(const Changes& changes) {
    const auto report = read(changes);
    if (report) return "(accepted)";
    CHECK(report.error().code == ledger::Errc::invalid_input);
    return report.error().field;
}

}  // namespace

TEST_CASE("a limit order's webhook becomes a report with all its terms", "[ingest]") {
    const BlazeReport order = accepted({{"product", R"("NRML")"}, {"validity", R"("IOC")"}});
    CHECK(order.account_code == "M1");
    CHECK(order.occurred_at_ns == 0);
    CHECK(order.report.broker_order_id == "1001");
    CHECK(order.report.type == MasterEventType::new_);
    CHECK(order.report.instrument ==
          ledger::Instrument{ledger::Segment::nse_cash, "2885", "RELIANCE"});
    CHECK(order.report.terms == ledger::OrderTerms{ledger::Side::buy, ledger::OrderType::limit,
                                                   ledger::Product::carry, ledger::TimeInForce::ioc,
                                                   Quantity{100}, Price{14050500}, Price{}});
    CHECK(order.report.status == "Open");
    CHECK(order.report.channel == "webhook/blaze");
    CHECK(order.report.version == SourceVersion{});
}

TEST_CASE("product and validity default to MIS and DAY", "[ingest]") {
    const auto terms = accepted({}).report.terms;
    CHECK(terms.product == ledger::Product::intraday);
    CHECK(terms.time_in_force == ledger::TimeInForce::day);
}

TEST_CASE("each event type has its meaning", "[ingest]") {
    const auto type_of = [](const std::string& word) {
        return accepted({{"event_type", '"' + word + '"'}, {"filled_quantity", "5"}}).report.type;
    };
    CHECK(type_of("order_placed") == MasterEventType::new_);
    CHECK(type_of("order_modified") == MasterEventType::modified);
    CHECK(type_of("order_cancelled") == MasterEventType::canceled);
    CHECK(type_of("order_executed") == MasterEventType::fill);
    CHECK(type_of("order_filled") == MasterEventType::fill);
    CHECK(type_of("order_rejected") == MasterEventType::rejected);
}

TEST_CASE("numbers may come as strings and codes as numbers", "[ingest]") {
    const auto report = accepted({{"quantity", R"("75")"},
                                  {"price", R"("0.05")"},
                                  {"order_id", "1100000000000000001"},
                                  {"scrip_code", R"("2885")"},
                                  {"account_id", "4711"}});
    CHECK(report.report.terms.quantity == Quantity{75});
    CHECK(report.report.terms.price == Price{500});
    CHECK(report.report.broker_order_id == "1100000000000000001");
    CHECK(report.report.instrument.token == "2885");
    CHECK(report.account_code == "4711");
}

TEST_CASE("each order type carries just the prices it has a use for", "[ingest]") {
    const auto terms_of = [](const std::string& type, const std::string& price,
                             const std::string& trigger) {
        return accepted(
                   {{"order_type", '"' + type + '"'}, {"price", price}, {"trigger_price", trigger}})
            .report.terms;
    };
    CHECK(terms_of("MARKET", "1405.123456", "3").price == Price{});
    CHECK(terms_of("MARKET", "1405.05", "3").trigger == Price{});
    CHECK(terms_of("MARKET", "null", "").price == Price{});
    CHECK(terms_of("MARKET", "", "").price == Price{});
    CHECK(terms_of("MARKET", "0", "null").price == Price{});
    CHECK(terms_of("LIMIT", "10.5", "9").trigger == Price{});
    CHECK(terms_of("SL-M", "10.5", "9").price == Price{});
    CHECK(terms_of("SL-M", "10.5", "9").trigger == Price{90000});
    CHECK(terms_of("SL", "10.5", "9.0025").price == Price{105000});
    CHECK(terms_of("SL", "10.5", "9.0025").trigger == Price{90025});
}

TEST_CASE("the version is the sequence, else the event's time", "[ingest]") {
    const std::string time = R"("2027-01-15T09:15:00.5+05:30")";
    const auto both = accepted({{"sequence", "7"}, {"event_time", time}});
    CHECK(both.report.version == SourceVersion{SourceVersion::Kind::sequence, 7});
    CHECK(both.occurred_at_ns == 1'799'984'700'500'000'000);
    const auto timed = accepted({{"event_time", time}});
    CHECK(timed.report.version ==
          SourceVersion{SourceVersion::Kind::time, 1'799'984'700'500'000'000U});
}

TEST_CASE("an integer time is in seconds or in milliseconds by its size", "[ingest]") {
    const auto time_of = [](const std::string& json) {
        return accepted({{"event_time", json}}).occurred_at_ns;
    };
    CHECK(time_of("1799984700") == 1'799'984'700'000'000'000);
    CHECK(time_of("1799984700123") == 1'799'984'700'123'000'000);
    CHECK(time_of(R"("1799984700123")") == 1'799'984'700'123'000'000);
    CHECK(time_of("9000000000") == 9'000'000'000'000'000'000);
    CHECK(time_of("100000000000") == 100'000'000'000'000'000);
    CHECK(refused_field({{"event_time", "99999999999"}}) == "event_time");
    CHECK(refused_field({{"event_time", "0"}}) == "event_time");
    CHECK(refused_field({{"event_time", "-5"}}) == "event_time");
    CHECK(refused_field({{"event_time", "9223372036854775807"}}) == "event_time");
    CHECK(refused_field({{"event_time", "9223372036855"}}) == "event_time");
    CHECK(refused_field({{"event_time", R"("yesterday")"}}) == "event_time");
}

TEST_CASE("what is filled is told or follows from the event", "[ingest]") {
    const std::string filled = R"("order_filled")";
    const std::string executed = R"("order_executed")";
    const auto whole = accepted({{"event_type", filled}, {"average_price", "1405.08333333333"}});
    CHECK(whole.report.cum_qty == Quantity{100});
    CHECK(whole.report.avg_px == Price{14050833});
    const auto partly = accepted({{"event_type", executed}, {"filled_quantity", "40"}});
    CHECK(partly.report.cum_qty == Quantity{40});
    CHECK(partly.report.avg_px == Price{});
    CHECK(accepted({{"event_type", executed}}).report.cum_qty == Quantity{100});
    CHECK(refused_field({{"event_type", filled}, {"filled_quantity", "0"}}) == "filled_quantity");
    CHECK(refused_field({{"filled_quantity", "101"}}) == "filled_quantity");
    CHECK(refused_field({{"filled_quantity", "-1"}}) == "filled_quantity");
    CHECK(refused_field({{"filled_quantity", "1.5"}}) == "filled_quantity");
    CHECK(refused_field({{"average_price", "-2"}}) == "average_price");
}

TEST_CASE("a missing field is refused by its name", "[ingest]") {
    for (const std::string name :
         {"event_type", "order_id", "symbol", "scrip_code", "exchange", "segment",
          "transaction_type", "order_type", "quantity", "price", "status", "account_id"}) {
        CHECK(refused_field({{name, ""}}) == name);
        CHECK(refused_field({{name, "null"}}) == name);
    }
    CHECK(refused_field({{"order_type", R"("SL")"}}) == "trigger_price");
    CHECK(refused_field({{"order_type", R"("SL-M")"}}) == "trigger_price");
    CHECK(refused_field({{"order_type", R"("SL")"}, {"trigger_price", "9"}, {"price", ""}}) ==
          "price");
}

TEST_CASE("a field of a wrong type or value is refused by its name", "[ingest]") {
    const std::string long_text = '"' + std::string(65, 'x') + '"';
    const std::vector<std::pair<std::string, std::vector<std::string>>> table{
        {"event_type", {"1", R"("order_exploded")", "[]", R"("")"}},
        {"order_id", {"1.5", "-1", "true", "{}", R"("")", long_text, R"("a\u0007b")"}},
        {"symbol", {"5", R"("")", long_text, R"("a\nb")", R"("a\u009bb")"}},
        {"scrip_code", {"1e5", "false", "[1]", long_text}},
        {"exchange", {"1", R"("NYSE")", R"("")"}},
        {"segment", {R"("XX")", "true", R"("")"}},
        {"transaction_type", {R"("HOLD")", "1", "true"}},
        {"order_type", {R"("ICEBERG")", "2"}},
        {"quantity",
         {"-5", "0", "10.5", R"("ten")", "true", "[]", "{}", "1e30", R"("")", "1000000000001"}},
        {"price", {"-1", "0", R"("abc")", "true", "0.00001", "1e15", "[]", R"("")"}},
        {"trigger_price", {R"("abc")", "true", "{}"}},
        {"product", {R"("BO")", "1"}},
        {"validity", {R"("GTC")", "1"}},
        {"status", {"1", R"("")", long_text}},
        {"account_id", {"[]", "1.5", R"("")", long_text}},
        {"sequence", {"-1", "1.5", R"("x")", "99999999999999999999", "true"}},
    };
    for (const auto& [name, values] : table) {
        for (const std::string& value : values) {
            INFO(name << " = " << value);
            CHECK(refused_field({{name, value}}) == name);
        }
    }
}

TEST_CASE("an exchange that has no such segment is told from an unknown exchange", "[ingest]") {
    CHECK(refused_field({{"exchange", R"("BSE")"}, {"segment", R"("CD")"}}) == "segment");
    CHECK(refused_field({{"exchange", R"("LSE")"}, {"segment", R"("EQ")"}}) == "exchange");
    CHECK(accepted({{"exchange", R"("NSEFO")"}}).report.instrument.segment ==
          ledger::Segment::nse_derivatives);
}

TEST_CASE("a refusal never repeats what was in the field", "[ingest]") {
    rc::prop("no error tells a value", [] {
        const auto names = std::vector<std::string>{
            "event_type", "order_id",      "symbol",     "exchange", "transaction_type",
            "order_type", "trigger_price", "event_time", "quantity", "sequence"};
        const auto name = *rc::gen::elementOf(names);
        const auto tail = *rc::gen::container<std::string>(rc::gen::inRange('A', 'Z'));
        const std::string value = "QZX" + tail;
        const auto body = ledger::text::parse_json(webhook_body({{name, '"' + value + '"'}}));
        RC_ASSERT(body.has_value());
        const auto report = read_blaze_order(body.value());
        if (!report) RC_ASSERT(report.error().detail.find(value) == std::string::npos);
    });
}

}  // namespace ingest::test::blaze_webhook_test
