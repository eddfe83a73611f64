// How the values of events read.
#include "projections/event_row.h"
#include "tests/projections/live_ledger.h"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace event_values_test {

using namespace projections;
using namespace projections::test;
using namespace ledger;

namespace {

using Wanted = std::vector<std::pair<std::string, std::string>>;

void check_shows(const Row& row, const Wanted& wanted) {
    for (const auto& [name, text] : wanted) {
        INFO(name);
        CHECK(cell(row, name) == text);
    }
}

void check_shows(const Payload& payload, const Wanted& wanted) {
    Event event;
    event.payload = payload;
    check_shows(event_row(event), wanted);
}

}  // namespace

TEST_CASE("what an event says is shown in the words of orders", "[projections]") {
    MasterOrderReported report;
    report.account = AccountNumber{7};
    report.broker_order_id = "M-1";
    report.type = MasterEventType::fill;
    report.version = {SourceVersion::Kind::sequence, 12};
    report.instrument = {Segment::nse_derivatives, "35001", "NIFTY"};
    report.terms.side = Side::sell;
    report.terms.type = OrderType::stop_limit;
    report.terms.product = Product::carry;
    report.terms.quantity = Quantity{75};
    report.terms.price = Price{245'050'000};
    report.terms.trigger = Price{245'000'500};
    report.cum_qty = Quantity{50};
    report.avg_px = Price{245'051'250};
    report.last_qty = Quantity{25};
    report.last_value = Money{6'126'281'250};
    report.status = "PartiallyFilled";
    report.channel = "webhook/blaze";
    Event event;
    event.sequence = 3;
    event.recorded_at_ns = 1'700'000'000'123'456'789;
    event.payload = report;

    check_shows(event_row(event), {{"sequence", "3"},
                                   {"recorded_at", "2023-11-14T22:13:20.123456789Z"},
                                   {"causation_id", ""},
                                   {"account_id", "7"},
                                   {"broker_order_id", "M-1"},
                                   {"type", "FILL"},
                                   {"version", "12"},
                                   {"symbol", "NIFTY"},
                                   {"exchange", "NSEFO"},
                                   {"scrip_code", "35001"},
                                   {"side", "SELL"},
                                   {"order_type", "SL"},
                                   {"product", "NRML"},
                                   {"validity", "DAY"},
                                   {"quantity", "75"},
                                   {"price", "24505"},
                                   {"trigger_price", "24500.05"},
                                   {"filled_quantity", "50"},
                                   {"average_price", "24505.125"},
                                   {"last_quantity", "25"},
                                   {"last_value", "612628.125"},
                                   {"status", "PartiallyFilled"},
                                   {"channel", "webhook/blaze"}});
}

TEST_CASE("a link's terms and limits are shown as a person would set them", "[projections]") {
    LinkSet link;
    link.terms.strategy = CopyStrategy::percentage;
    link.terms.percentage = {5, 2};
    link.terms.sides = CopySides::buy_only;
    link.terms.price_mode = PriceMode::marketable_limit;
    link.terms.protection_bps = 50;
    link.terms.product_map = {{Product::intraday, Product::carry},
                              {Product::delivery, Product::intraday}};
    link.terms.order_type_map = {{OrderType::stop, OrderType::stop_limit}};
    link.terms.on_leave = LeavePolicy::close_positions;
    link.terms.limits.max_quantity = Quantity{80};
    link.terms.limits.max_order_value = Money{500'005'000};
    link.terms.limits.max_open_orders = 0;
    link.terms.limits.trading_hours = TradingHours{.from_minute = 555, .to_minute = 930};
    link.terms.limits.allowed_instruments = {"RELIANCE", "TCS"};
    link.terms.limits.allowed_products = {Product::intraday, Product::carry};
    link.terms.limits.on_limit = OnLimit::cap;
    check_shows(link, {{"copy_strategy", "PERCENTAGE"},
                       {"percentage", "2.5"},
                       {"fixed_quantity", "0"},
                       {"sides", "BUY_ONLY"},
                       {"price_mode", "MARKETABLE_LIMIT"},
                       {"protection_bps", "50"},
                       {"product_map", "MIS>NRML,CNC>MIS"},
                       {"order_type_map", "SL-M>SL"},
                       {"on_join", "new_only"},
                       {"on_leave", "close_positions"},
                       {"limits",
                        "max_quantity 80, max_order_value 50000.5, max_open_orders 0, "
                        "trading_hours 09:15-15:30, allowed_instruments RELIANCE|TCS, "
                        "allowed_products MIS|NRML, on_limit CAP"}});
    check_shows(LinkSet{}, {{"product_map", ""}, {"limits", ""}});
}

TEST_CASE("what decided a quantity is shown in the unit of each figure", "[projections]") {
    FollowerOrderSkipped skipped;
    skipped.reason = SkipReason::max_capital;
    skipped.figures.strategy = CopyStrategy::equity_proportional;
    skipped.figures.position = Quantity{300};
    skipped.figures.mark = Price{245'512'500};
    skipped.figures.mark_at_ns = 1'700'000'000'000'000'000;
    skipped.figures.equity = Money{7'500'005'000};
    skipped.figures.limit = LimitFigures{.rule = SkipReason::max_capital,
                                         .scope = RiskScope::global,
                                         .bound = 100'000'000,
                                         .actual = 100'000'001};
    check_shows(skipped, {{"reason", "MAX_CAPITAL"},
                          {"copy_strategy", "EQUITY_PROPORTIONAL"},
                          {"position", "300"},
                          {"mark", "24551.25"},
                          {"mark_at", "2023-11-14T22:13:20.000000000Z"},
                          {"equity", "750000.5"},
                          {"equity_at", ""},
                          {"limit_rule", "MAX_CAPITAL"},
                          {"limit_scope", "GLOBAL"},
                          {"limit_bound", "10000"},
                          {"limit_actual", "10000.0001"}});
    skipped.figures.limit = LimitFigures{
        .rule = SkipReason::max_quantity, .scope = RiskScope::link, .bound = 80, .actual = 100};
    check_shows(skipped, {{"limit_scope", "LINK"}, {"limit_bound", "80"}, {"limit_actual", "100"}});
    skipped.figures.limit.reset();
    check_shows(skipped, {{"limit_rule", ""}, {"limit_bound", ""}});
}

TEST_CASE("why an order is placed and how an exit reaches are shown in words", "[projections]") {
    FollowerOrderIntended intended;
    check_shows(intended, {{"purpose", "COPY"}});
    intended.purpose = OrderPurpose::leave;
    check_shows(intended, {{"purpose", "LEAVE"}});
    check_shows(ExitRequested{AccountNumber{7}, {}, ExitScope::position},
                {{"master_id", "7"}, {"scope", "POSITION"}});
    check_shows(FundsReported{AccountNumber{7}, Money{-5'000}, Money{12'500}},
                {{"equity", "-0.5"}, {"capital", "1.25"}});
}

TEST_CASE("why an order ends and when days begin are shown in words", "[projections]") {
    check_shows(FollowerCancelIntended{}, {{"because", ""}});
    check_shows(UnsentOrderWithdrawn{{}, {}, SkipReason::kill_switch},
                {{"because", "KILL_SWITCH"}});
    check_shows(CalendarSet{{.utc_offset_minutes = 330, .session_start_minute = 540}},
                {{"utc_offset_minutes", "330"}, {"session_start", "09:00"}});
}

}  // namespace event_values_test
