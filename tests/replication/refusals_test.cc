// What refuses an order whatever its size: accounts, consent, kill switch, lists, age, hours, band,
// loss.
#include "tests/replication/desk.h"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test::refusals_test {

namespace {

constexpr AccountNumber whole_ledger{0};
constexpr std::int64_t price = 500 * rupee;
constexpr Trade limit_buy{.side = Side::buy, .quantity = 100, .price = price};
constexpr std::int64_t minute_ns = 60 * second_ns;
constexpr std::int64_t hour_ns = 60 * minute_ns;
constexpr std::int64_t day_ns = 24 * hour_ns;
// 2023-11-15, a Wednesday, 00:00 in India.
constexpr std::int64_t wednesday_ns = 1'700'006'400 * second_ns - 330 * minute_ns;
constexpr Calendar india{.utc_offset_minutes = 330, .session_start_minute = 9 * 60};

struct Guarded : Desk {
    AccountNumber follower = joins();

    explicit Guarded(Policy policy = {}) : Desk(std::move(policy)) {}

    SkipReason tries(std::string_view order, const Trade& trade = limit_buy) {
        const Answer answer = places(order, trade);
        const FollowerOrderSkipped* skip = skipped(answer, follower);
        return skip == nullptr ? SkipReason::none : skip->reason;
    }

    // An order of the source's that is so old when it comes.
    LimitFigures comes_late(std::string_view order, std::int64_t age_ns) {
        MasterSays says;
        says.order = order;
        says.version = static_cast<std::uint64_t>(now_ns() - age_ns);
        const Answer answer = reports_new(says);
        const FollowerOrderSkipped* skip = skipped(answer, follower);
        return skip == nullptr ? LimitFigures{} : skip->figures.limit.value_or(LimitFigures{});
    }
};

}  // namespace

TEST_CASE("consent is needed where the configuration says so, and its withdrawal always counts",
          "[replication]") {
    Policy strict;
    strict.require_consent = true;
    Guarded asked{strict};
    CHECK(asked.tries("A") == SkipReason::consent_missing);
    asked.consents(asked.follower, true);
    CHECK(asked.tries("B") == SkipReason::none);
    Guarded trusted;
    CHECK(trusted.tries("A") == SkipReason::none);
    trusted.consents(trusted.follower, false);
    CHECK(trusted.tries("B") == SkipReason::consent_withdrawn);
    trusted.consents(trusted.follower, true);
    CHECK(trusted.tries("C") == SkipReason::none);
}

TEST_CASE(
    "the kill switch stops openings at each of its places, withdraws what is unsent, and "
    "lets go",
    "[replication]") {
    for (const std::uint32_t place : {0U, 1U, 2U}) {
        Guarded desk;
        CHECK(desk.tries("unsent") == SkipReason::none);
        CHECK(desk.tries("sent") == SkipReason::none);
        desk.is_done(desk.placing(desk.follower, "sent"));
        const Answer halt = desk.halts(AccountNumber{place});
        CHECK(kinds(halt) == Kinds{"TradingHalted", "UnsentOrderWithdrawn"});
        CHECK(only<UnsentOrderWithdrawn>(halt)->because == SkipReason::kill_switch);
        CHECK(desk.row(desk.placing(desk.follower, "sent")).status == OrdStatus::new_);
        CHECK(desk.tries("halted") == SkipReason::kill_switch);
        CHECK(desk.halts(AccountNumber{place}).duplicate);
        desk.resumes(AccountNumber{place});
        CHECK(desk.tries("resumed") == SkipReason::none);
    }
}

TEST_CASE("a halt of another master or follower stops nobody else", "[replication]") {
    Guarded desk;
    desk.halts(desk.opens_master("OTHER"));
    desk.halts(desk.joins());
    CHECK(desk.tries("A") == SkipReason::none);
}

TEST_CASE("I9 a halt leaves of an unsent order through zero what reduces", "[replication]") {
    Guarded desk;
    desk.buys("in", 100);
    desk.everything_fills();
    desk.places("through", {.side = Side::sell, .quantity = 140});
    const Aim through = desk.placing(desk.follower, "through");
    CHECK(desk.row(through).terms.quantity.value() == 140);
    desk.halts(whole_ledger);
    CHECK(desk.row(through).terms.quantity.value() == 100);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("a halt that withdraws an opening cuts the reduction that counted on it",
          "[replication]") {
    Guarded desk;
    desk.buys("in", 30);
    desk.everything_fills();
    desk.places("more", {.side = Side::buy, .quantity = 70});
    desk.places("out", {.side = Side::sell, .quantity = 100});
    CHECK(desk.asked(desk.follower, "out") == 100);
    desk.halts(whole_ledger);
    CHECK(desk.asked(desk.follower, "out") == 30);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("an order that a refusal sends back is not sent again while trading is halted",
          "[replication]") {
    Guarded desk;
    desk.tries("A");
    const Aim aim = desk.placing(desk.follower, "A");
    desk.starts(aim);
    desk.halts(whole_ledger);
    CHECK(only<UnsentOrderWithdrawn>(desk.rejected(aim, true)) != nullptr);
}

TEST_CASE("lists allow what is on them, by symbol or token, exchange or segment", "[replication]") {
    Guarded desk;
    int n = 0;
    const auto tries_with = [&](const RiskLimits& limits) {
        desk.limits(desk.follower, limits);
        return desk.tries("O-" + std::to_string(++n));
    };
    CHECK(tries_with({.allowed_instruments = {"reliance"}}) == SkipReason::none);
    CHECK(tries_with({.allowed_instruments = {"TCS", "2885"}}) == SkipReason::none);
    CHECK(tries_with({.allowed_instruments = {"TCS"}}) == SkipReason::instrument_not_allowed);
    CHECK(tries_with({.allowed_products = {Product::intraday}}) == SkipReason::none);
    CHECK(tries_with({.allowed_products = {Product::carry}}) == SkipReason::product_not_allowed);
    CHECK(tries_with({.allowed_order_types = {OrderType::limit}}) == SkipReason::none);
    CHECK(tries_with({.allowed_order_types = {OrderType::market}}) ==
          SkipReason::order_type_not_allowed);
    CHECK(tries_with({.allowed_exchanges = {"NSE"}}) == SkipReason::none);
    CHECK(tries_with({.allowed_exchanges = {"nsecm"}}) == SkipReason::none);
    CHECK(tries_with({.allowed_exchanges = {"BSE"}}) == SkipReason::exchange_not_allowed);
    CHECK(tries_with({.allowed_exchanges = {"NFO"}}) == SkipReason::exchange_not_allowed);
}

TEST_CASE("a master's event is fresh to its age and one millisecond later no more",
          "[replication]") {
    Guarded desk;
    desk.limits(whole_ledger, {.max_event_age_ms = 5'000});
    CHECK(desk.comes_late("A", 4'999'000'000) == LimitFigures{});
    CHECK(desk.comes_late("B", 5'000'000'000) == LimitFigures{});
    CHECK(desk.comes_late("C", 5'001'000'000) ==
          LimitFigures{SkipReason::stale_event, RiskScope::global, 5'000, 5'001});
}

TEST_CASE("trading hours begin at their first minute and end before their last", "[replication]") {
    const auto tries_at = [](std::int64_t since_wednesday_ns, const Policy& policy = {}) {
        Guarded desk{policy};
        desk.keeps_calendar(india);
        desk.limits(desk.follower, {.trading_hours = TradingHours{9 * 60 + 15, 15 * 60 + 30}});
        desk.comes_to(wednesday_ns + since_wednesday_ns);
        return desk.tries("A");
    };
    const std::int64_t opens = 9 * hour_ns + 15 * minute_ns;
    const std::int64_t closes = 15 * hour_ns + 30 * minute_ns;
    CHECK(tries_at(opens - 1) == SkipReason::outside_trading_hours);
    CHECK(tries_at(opens) == SkipReason::none);
    CHECK(tries_at(closes - 1) == SkipReason::none);
    CHECK(tries_at(closes) == SkipReason::outside_trading_hours);
    // Friday, Saturday, Sunday, Monday.
    CHECK(tries_at(2 * day_ns + opens) == SkipReason::none);
    CHECK(tries_at(3 * day_ns + opens) == SkipReason::outside_trading_hours);
    CHECK(tries_at(4 * day_ns + opens) == SkipReason::outside_trading_hours);
    CHECK(tries_at(5 * day_ns + opens) == SkipReason::none);
    Policy policy;
    policy.weekends_closed = false;
    policy.holidays = {local_day(india, wednesday_ns + opens)};
    CHECK(tries_at(opens, policy) == SkipReason::outside_trading_hours);
    CHECK(tries_at(day_ns + opens, policy) == SkipReason::none);
    CHECK(tries_at(3 * day_ns + opens, policy) == SkipReason::none);
}

TEST_CASE("a price may be as far from the mark as the band is wide, on either side",
          "[replication]") {
    Guarded desk;
    desk.limits(desk.follower, {.price_band_bps = 100});
    CHECK(desk.tries("none") == SkipReason::no_reference_price);
    CHECK(desk.tries("market", {.quantity = 1}) == SkipReason::none);
    desk.marks(500 * rupee);
    const auto at = [&](std::int64_t limit) {
        return desk.tries("P-" + std::to_string(limit), {.quantity = 1, .price = limit});
    };
    CHECK(at(505 * rupee - 1) == SkipReason::none);
    CHECK(at(505 * rupee) == SkipReason::none);
    CHECK(at(505 * rupee + 1) == SkipReason::price_band);
    CHECK(at(495 * rupee) == SkipReason::none);
    CHECK(at(495 * rupee - 1) == SkipReason::price_band);
}

TEST_CASE("a daily loss refuses from its bound on, and is forgotten when the session begins",
          "[replication]") {
    for (const auto& [bound, refuses] :
         {std::pair{999 * rupee, true}, std::pair{1'000 * rupee, true},
          std::pair{1'000 * rupee + 1, false}}) {
        Guarded desk;
        desk.keeps_calendar(india);
        // 23:59 in India, so the next session is the next day's, after 00:00 UTC of it or not.
        desk.comes_to(wednesday_ns + 23 * hour_ns + 59 * minute_ns);
        desk.limits(desk.follower, {.max_daily_loss = Money{bound}});
        desk.buys("in", 100);
        desk.fills(desk.placing(desk.follower, "in"), 100, 20 * rupee);
        desk.sells("out", 100);
        desk.fills(desk.placing(desk.follower, "out"), 100, 10 * rupee);
        const SkipReason expected = refuses ? SkipReason::max_daily_loss : SkipReason::none;
        CHECK(desk.tries("A") == expected);
        // Midnight in India, and midnight in London, are in the same session still.
        desk.passes(2 * minute_ns);
        CHECK(desk.tries("B") == expected);
        desk.comes_to(wednesday_ns + day_ns + 9 * hour_ns - 1);
        CHECK(desk.tries("C") == expected);
        desk.passes(1);
        CHECK(desk.tries("D") == SkipReason::none);
    }
}

TEST_CASE("another calendar ends no session: what was lost today stays today's", "[replication]") {
    for (const std::int32_t start : {0, 8 * 60, 11 * 60, 23 * 60}) {
        Guarded desk;
        desk.keeps_calendar(india);
        desk.comes_to(wednesday_ns + 10 * hour_ns);
        desk.limits(desk.follower, {.max_daily_loss = Money{rupee}});
        desk.buys("in", 100);
        desk.fills(desk.placing(desk.follower, "in"), 100, 20 * rupee);
        desk.sells("out", 100);
        desk.fills(desk.placing(desk.follower, "out"), 100, 10 * rupee);
        desk.keeps_calendar({.utc_offset_minutes = 330, .session_start_minute = start});
        CHECK(desk.tries("A") == SkipReason::max_daily_loss);
        // The next session of the new calendar begins.
        desk.comes_to(wednesday_ns + (start > 10 * 60 ? 0 : day_ns) + start * minute_ns - 1);
        CHECK(desk.tries("B") == SkipReason::max_daily_loss);
        desk.passes(1);
        CHECK(desk.tries("C") == SkipReason::none);
    }
}

TEST_CASE("an order of today still works after the calendar has changed", "[replication]") {
    Guarded desk;
    desk.keeps_calendar(india);
    desk.comes_to(wednesday_ns + 10 * hour_ns);
    desk.limits(desk.follower, {.max_position_value = Money{100 * rupee}});
    desk.places("works", {.side = Side::buy, .quantity = 100, .price = rupee});
    desk.keeps_calendar({.utc_offset_minutes = 330, .session_start_minute = 11 * 60});
    CHECK(desk.tries("more") == SkipReason::max_position_value);
}

TEST_CASE("BUY_ONLY refuses a sale that opens, and lets one pass that reduces", "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins({.sides = CopySides::buy_only});
    const Answer shorts = desk.sells("short", 10);
    REQUIRE(skipped(shorts, follower) != nullptr);
    CHECK(skipped(shorts, follower)->reason == SkipReason::side_not_copied);
    desk.buys("cover", 10);
    desk.buys("long", 10);
    desk.everything_fills();
    CHECK(intended(desk.sells("out", 10), follower) == std::vector<std::int64_t>{10});
}

}  // namespace ledger::replication::test::refusals_test
