// Every rule holds at every place where limits can stand, and where several places refuse, the
// nearest to the order is named.
#include "tests/replication/desk.h"

#include <array>
#include <optional>
#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test::limit_places_test {

namespace {

constexpr std::int64_t price = 500 * rupee;
constexpr AccountNumber master{1};
constexpr AccountNumber whole_ledger{0};
// In the order in which they are asked.
constexpr std::array<RiskScope, 4> scopes{RiskScope::link, RiskScope::follower, RiskScope::master,
                                          RiskScope::global};

// A rule that refuses what the follower is about to copy.
struct Refusing {
    SkipReason rule = SkipReason::none;
    RiskLimits limits;
};

const std::vector<Refusing> refusing_rules{
    {SkipReason::instrument_not_allowed, {.allowed_instruments = {"TCS"}}},
    {SkipReason::exchange_not_allowed, {.allowed_exchanges = {"BSE"}}},
    {SkipReason::product_not_allowed, {.allowed_products = {Product::carry}}},
    {SkipReason::order_type_not_allowed, {.allowed_order_types = {OrderType::market}}},
    {SkipReason::stale_event, {.max_event_age_ms = 999}},
    {SkipReason::outside_trading_hours, {.trading_hours = TradingHours{0, 1}}},
    {SkipReason::price_band, {.price_band_bps = 1}},
    {SkipReason::max_daily_loss, {.max_daily_loss = Money{0}}},
    {SkipReason::max_quantity, {.max_quantity = Quantity{99}, .on_limit = OnLimit::skip}},
    {SkipReason::max_order_value, {.max_order_value = Money{100 * price - 1}}},
    {SkipReason::max_position_value, {.max_position_value = Money{100 * price - 1}}},
    {SkipReason::max_capital, {.max_capital = Money{100 * price - 1}}},
    {SkipReason::max_open_orders, {.max_open_orders = 0}},
    // One order went in the same second.
    {SkipReason::orders_per_second, {.max_orders_per_second = 1}}};

class Bounded : public Desk {
  public:
    Bounded() {
        marks(400 * rupee);
        places("before", {.side = Side::buy, .quantity = 1, .price = price});
        fills(placing(follower_, "before"), 1, 0);
    }

    void limits_at(RiskScope scope, const RiskLimits& limits) {
        switch (scope) {
            case RiskScope::link:
                limits_link(master, follower_, limits);
                return;
            case RiskScope::follower:
                this->limits(follower_, limits);
                return;
            case RiskScope::master:
                this->limits(master, limits);
                return;
            case RiskScope::global:
                this->limits(whole_ledger, limits);
                return;
        }
    }

    // Why an order for 100 at 500, told a second late, is skipped, if it is.
    std::optional<LimitFigures> tries(std::string_view order) {
        MasterSays says{.order = std::string{order}};
        says.price = price;
        says.version = static_cast<std::uint64_t>(now_ns() - second_ns);
        const Answer answer = reports_new(says);
        const auto* skip = skipped(answer, follower_);
        return skip == nullptr ? std::nullopt : skip->figures.limit;
    }

  private:
    AccountNumber follower_ = joins();
};

}  // namespace

TEST_CASE("every rule refuses at every place, and where it stands is recorded", "[replication]") {
    for (const auto& [rule, limits] : refusing_rules) {
        for (const RiskScope scope : scopes) {
            Bounded desk;
            desk.limits_at(scope, limits);
            const auto refused = desk.tries("A");
            INFO(to_text(rule) << " at " << to_text(scope));
            REQUIRE(refused.has_value());
            CHECK(refused->rule == rule);
            CHECK(refused->scope == scope);
            desk.limits_at(scope, {});
            CHECK_FALSE(desk.tries("B").has_value());
        }
    }
}

TEST_CASE("of the places where one rule refuses the first is named", "[replication]") {
    for (const auto& [rule, limits] : refusing_rules) {
        Bounded desk;
        for (const RiskScope scope : scopes) desk.limits_at(scope, limits);
        for (const RiskScope scope : scopes) {
            const auto refused = desk.tries(to_text(scope));
            INFO(to_text(rule) << " at " << to_text(scope));
            REQUIRE(refused.has_value());
            CHECK(refused->rule == rule);
            CHECK(refused->scope == scope);
            desk.limits_at(scope, {});
        }
    }
}

TEST_CASE("a rule that comes first refuses first, wherever the rules stand", "[replication]") {
    for (std::size_t first = 0; first + 1 < refusing_rules.size(); ++first) {
        const Refusing& earlier = refusing_rules[first];
        const Refusing& later = refusing_rules[first + 1];
        Bounded desk;
        desk.limits_at(RiskScope::global, earlier.limits);
        desk.limits_at(RiskScope::link, later.limits);
        INFO(to_text(earlier.rule) << " before " << to_text(later.rule));
        const auto refused = desk.tries("A");
        REQUIRE(refused.has_value());
        CHECK(refused->rule == earlier.rule);
        CHECK(refused->scope == RiskScope::global);
    }
}

}  // namespace ledger::replication::test::limit_places_test
