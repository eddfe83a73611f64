// The order in which limits are asked, and that none of them stops a reduction (I9).
#include "tests/replication/desk.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test::check_order_test {

namespace {

constexpr AccountNumber master{1};
constexpr AccountNumber whole_ledger{0};
// 2023-11-17, a Friday, 01:00 in India.
constexpr std::int64_t night_ns = (1'700'179'200 - 270 * 60) * second_ns;
constexpr Calendar india{.utc_offset_minutes = 330, .session_start_minute = 9 * 60};

}  // namespace

TEST_CASE("the checks are made in their order: the first that refuses is the reason",
          "[replication]") {
    Policy strict;
    strict.require_consent = true;
    Desk desk{strict};
    const AccountNumber follower = desk.joins({.sides = CopySides::buy_only});
    desk.keeps_calendar(india);
    desk.comes_to(night_ns);
    RiskLimits limits{.max_quantity = Quantity{1},
                      .max_order_value = Money{1},
                      .max_position_value = Money{1},
                      .max_open_orders = 0,
                      .max_capital = Money{1},
                      .max_daily_loss = Money{0},
                      .price_band_bps = 1,
                      .max_event_age_ms = 1,
                      .trading_hours = TradingHours{600, 601},
                      .allowed_instruments = {"TCS"},
                      .allowed_products = {Product::carry},
                      .allowed_order_types = {OrderType::stop},
                      .allowed_exchanges = {"BSE"},
                      .on_limit = OnLimit::skip};
    desk.enables(follower, false);
    desk.halts(whole_ledger);
    desk.marks(100 * rupee);
    int n = 0;
    const auto reason = [&] {
        desk.limits(follower, limits);
        MasterSays says{.order = "S-" + std::to_string(++n)};
        says.side = Side::sell;
        says.price = 500 * rupee;
        says.version = static_cast<std::uint64_t>(desk.now_ns() - second_ns);
        const Answer answer = desk.reports_new(says);
        return skipped(answer, follower) == nullptr ? SkipReason::none
                                                    : skipped(answer, follower)->reason;
    };
    CHECK(reason() == SkipReason::account_disabled);
    desk.enables(follower, true);
    CHECK(reason() == SkipReason::consent_missing);
    desk.consents(follower, true);
    CHECK(reason() == SkipReason::kill_switch);
    desk.resumes(whole_ledger);
    CHECK(reason() == SkipReason::side_not_copied);
    desk.submit(SetLink{.master = master, .follower = follower, .sides = CopySides::buy_and_sell});
    CHECK(reason() == SkipReason::instrument_not_allowed);
    limits.allowed_instruments.clear();
    CHECK(reason() == SkipReason::exchange_not_allowed);
    limits.allowed_exchanges.clear();
    CHECK(reason() == SkipReason::product_not_allowed);
    limits.allowed_products.clear();
    CHECK(reason() == SkipReason::order_type_not_allowed);
    limits.allowed_order_types.clear();
    CHECK(reason() == SkipReason::stale_event);
    limits.max_event_age_ms.reset();
    CHECK(reason() == SkipReason::outside_trading_hours);
    limits.trading_hours.reset();
    CHECK(reason() == SkipReason::price_band);
    limits.price_band_bps.reset();
    CHECK(reason() == SkipReason::max_daily_loss);
    limits.max_daily_loss.reset();
    CHECK(reason() == SkipReason::max_quantity);
    limits.max_quantity.reset();
    CHECK(reason() == SkipReason::max_order_value);
    limits.max_order_value.reset();
    CHECK(reason() == SkipReason::max_position_value);
    limits.max_position_value.reset();
    CHECK(reason() == SkipReason::max_capital);
    limits.max_capital.reset();
    CHECK(reason() == SkipReason::max_open_orders);
    limits.max_open_orders.reset();
    CHECK(reason() == SkipReason::none);
}

TEST_CASE("I9 no limit, halt, list or withdrawn consent stops a reduction", "[replication]") {
    const std::vector<RiskLimits> all{{.max_quantity = Quantity{1}, .on_limit = OnLimit::skip},
                                      {.max_order_value = Money{1}},
                                      {.max_position_value = Money{1}},
                                      {.max_open_orders = 0},
                                      {.max_capital = Money{1}},
                                      {.max_daily_loss = Money{0}},
                                      {.max_orders_per_second = 1},
                                      {.price_band_bps = 1},
                                      {.max_event_age_ms = 1},
                                      {.trading_hours = TradingHours{0, 1}},
                                      {.allowed_instruments = {"TCS"}},
                                      {.allowed_products = {Product::carry}},
                                      {.allowed_order_types = {OrderType::stop}},
                                      {.allowed_exchanges = {"BSE"}}};
    for (const RiskLimits& limits : all) {
        for (const std::uint32_t place : {0U, 1U, 2U}) {
            Desk desk;
            const AccountNumber follower = desk.joins();
            desk.buys("in", 100);
            desk.everything_fills();
            desk.limits(AccountNumber{place}, limits);
            desk.halts(AccountNumber{place});
            desk.consents(follower, false);
            desk.enables(follower, false);
            MasterSays says{.order = "out"};
            says.side = Side::sell;
            says.version = static_cast<std::uint64_t>(desk.now_ns() - second_ns);
            CHECK(intended(desk.reports_new(says), follower) == std::vector<std::int64_t>{100});
        }
    }
}

}  // namespace ledger::replication::test::check_order_test
