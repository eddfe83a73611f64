// Each limit just below, at and just above its bound, in each place where it can stand.
#include "tests/replication/desk.h"

#include <array>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test::limits_test {

namespace {

constexpr std::int64_t price = 500 * rupee;
constexpr std::array<RiskScope, 4> scopes{RiskScope::link, RiskScope::follower, RiskScope::master,
                                          RiskScope::global};

// A follower that copies one to one, and somebody to put limits in its way.
struct Bounded : Desk {
    AccountNumber follower = joins();

    void limits_at(RiskScope scope, const RiskLimits& limits) {
        switch (scope) {
            case RiskScope::link:
                limits_link(AccountNumber{1}, follower, limits);
                return;
            case RiskScope::follower:
                this->limits(follower, limits);
                return;
            case RiskScope::master:
                this->limits(AccountNumber{1}, limits);
                return;
            case RiskScope::global:
                this->limits(AccountNumber{0}, limits);
                return;
        }
    }

    Answer buys_at_500(std::string_view order, std::int64_t quantity) {
        return places(order, {.side = Side::buy, .quantity = quantity, .price = price});
    }
};

// What becomes of an order for so many at 500.
struct Outcome {
    std::int64_t quantity = 0;  // 0: skipped
    std::optional<LimitFigures> limit;
};

Outcome outcome_of(const Answer& answer) {
    if (const auto* intent = only<FollowerOrderIntended>(answer)) {
        return {intent->terms.quantity.value(), intent->figures.limit};
    }
    const auto* skip = only<FollowerOrderSkipped>(answer);
    REQUIRE(skip != nullptr);
    REQUIRE(skip->figures.limit.has_value());
    CHECK(skip->reason == skip->figures.limit->rule);
    return {0, skip->figures.limit};
}

Outcome outcome_under(RiskScope scope, const RiskLimits& limits, std::int64_t quantity) {
    Bounded desk;
    desk.limits_at(scope, limits);
    return outcome_of(desk.buys_at_500("O", quantity));
}

}  // namespace

TEST_CASE("max_quantity lets its bound pass and caps the next unit", "[replication]") {
    for (const RiskScope scope : scopes) {
        const RiskLimits limits{.max_quantity = Quantity{80}};
        for (const std::int64_t quantity : {79, 80}) {
            const Outcome outcome = outcome_under(scope, limits, quantity);
            CHECK(outcome.quantity == quantity);
            CHECK_FALSE(outcome.limit.has_value());
        }
        const Outcome above = outcome_under(scope, limits, 81);
        CHECK(above.quantity == 80);
        CHECK(above.limit == LimitFigures{SkipReason::max_quantity, scope, 80, 81});
    }
}

TEST_CASE("max_quantity skips where it is told to", "[replication]") {
    for (const RiskScope scope : scopes) {
        const RiskLimits limits{.max_quantity = Quantity{80}, .on_limit = OnLimit::skip};
        CHECK(outcome_under(scope, limits, 80).quantity == 80);
        const Outcome above = outcome_under(scope, limits, 81);
        CHECK(above.quantity == 0);
        CHECK(above.limit == LimitFigures{SkipReason::max_quantity, scope, 80, 81});
    }
}

TEST_CASE("value limits let their bound pass and skip the next unit, or cap where told to",
          "[replication]") {
    const Money bound{80 * price};
    const std::vector<std::pair<SkipReason, RiskLimits>> rules{
        {SkipReason::max_order_value, {.max_order_value = bound}},
        {SkipReason::max_position_value, {.max_position_value = bound}},
        {SkipReason::max_capital, {.max_capital = bound}}};
    for (const auto& [rule, limits] : rules) {
        for (const RiskScope scope : scopes) {
            CHECK(outcome_under(scope, limits, 79).quantity == 79);
            CHECK(outcome_under(scope, limits, 80).quantity == 80);
            const LimitFigures figures{rule, scope, 80 * price, 81 * price};
            CHECK(outcome_under(scope, limits, 81).quantity == 0);
            CHECK(outcome_under(scope, limits, 81).limit == figures);
            RiskLimits capped = limits;
            capped.on_limit = OnLimit::cap;
            CHECK(outcome_under(scope, capped, 81).quantity == 80);
            CHECK(outcome_under(scope, capped, 81).limit == figures);
        }
    }
}

TEST_CASE("a value bound one ten-thousandth short of the next unit gives whole units",
          "[replication]") {
    RiskLimits limits{.max_order_value = Money{80 * price - 1}};
    CHECK(outcome_under(RiskScope::follower, limits, 79).quantity == 79);
    CHECK(outcome_under(RiskScope::follower, limits, 80).quantity == 0);
    limits.on_limit = OnLimit::cap;
    CHECK(outcome_under(RiskScope::follower, limits, 80).quantity == 79);
}

TEST_CASE("what a cap leaves is whole lots, and less than one is a skip", "[replication]") {
    Bounded desk;
    desk.defines(rules_of({.lot = 25}));
    desk.limits(desk.follower, {.max_quantity = Quantity{80}});
    CHECK(outcome_of(desk.buys_at_500("A", 200)).quantity == 75);
    desk.limits(desk.follower, {.max_quantity = Quantity{24}});
    CHECK(outcome_of(desk.buys_at_500("B", 200)).quantity == 0);
}

TEST_CASE("max_position_value counts what is held and what is on its way", "[replication]") {
    for (const RiskScope scope : scopes) {
        Bounded desk;
        desk.limits_at(scope, {.max_position_value = Money{100 * price}});
        desk.buys_at_500("A", 40);
        desk.fills(desk.placing(desk.follower, "A"), 40, price);
        desk.buys_at_500("B", 30);
        CHECK(outcome_of(desk.buys_at_500("C", 31)).limit ==
              LimitFigures{SkipReason::max_position_value, scope, 100 * price, 101 * price});
        CHECK(outcome_of(desk.buys_at_500("D", 30)).quantity == 30);
    }
}

TEST_CASE("max_capital counts what positions cost and open orders may cost", "[replication]") {
    for (const RiskScope scope : scopes) {
        Bounded desk;
        desk.limits_at(scope, {.max_capital = Money{100 * price}});
        desk.buys_at_500("A", 40);
        desk.fills(desk.placing(desk.follower, "A"), 40, price / 2);
        desk.buys_at_500("B", 30);
        // 20 + 30 are taken up; an order in another instrument takes of the same capital.
        CHECK(outcome_of(desk.buys_at_500("C", 51)).limit ==
              LimitFigures{SkipReason::max_capital, scope, 100 * price, 101 * price});
        CHECK(outcome_of(desk.buys_at_500("D", 50)).quantity == 50);
    }
}

TEST_CASE("max_open_orders counts orders until they end", "[replication]") {
    for (const RiskScope scope : scopes) {
        Bounded desk;
        desk.limits_at(scope, {.max_open_orders = 2});
        CHECK(outcome_of(desk.buys_at_500("A", 1)).quantity == 1);
        CHECK(outcome_of(desk.buys_at_500("B", 1)).quantity == 1);
        CHECK(outcome_of(desk.buys_at_500("C", 1)).limit ==
              LimitFigures{SkipReason::max_open_orders, scope, 2, 3});
        desk.fills(desk.placing(desk.follower, "A"), 1);
        CHECK(outcome_of(desk.buys_at_500("D", 1)).quantity == 1);
        desk.limits_at(scope, {.max_open_orders = 0});
        CHECK(outcome_of(desk.buys_at_500("E", 1)).quantity == 0);
    }
}

TEST_CASE("orders per second begin anew with each second of the clock", "[replication]") {
    for (const RiskScope scope : scopes) {
        Bounded desk;
        desk.limits_at(scope, {.max_orders_per_second = 2});
        CHECK(outcome_of(desk.buys_at_500("A", 1)).quantity == 1);
        desk.passes(second_ns - 1);
        CHECK(outcome_of(desk.buys_at_500("B", 1)).quantity == 1);
        CHECK(outcome_of(desk.buys_at_500("C", 1)).limit ==
              LimitFigures{SkipReason::orders_per_second, scope, 2, 3});
        desk.passes(1);
        CHECK(outcome_of(desk.buys_at_500("D", 1)).quantity == 1);
    }
}

TEST_CASE("an order that crosses zero opens only in as many orders as there may be",
          "[replication]") {
    for (const RiskLimits& limits :
         {RiskLimits{.max_open_orders = 4}, RiskLimits{.max_orders_per_second = 4}}) {
        for (const std::int64_t beyond : {9, 10}) {
            Desk desk;
            const AccountNumber follower = desk.joins();
            desk.buys("in", 31);
            desk.everything_fills();
            desk.defines(rules_of({.freeze = 10}));
            desk.passes(second_ns);
            desk.limits(follower, limits);
            const Answer answer = desk.sells("cross", 31 + beyond);
            const auto quantities = intended(answer, follower);
            CHECK(quantities.size() == 4);
            CHECK(std::accumulate(quantities.begin(), quantities.end(), std::int64_t{0}) ==
                  (beyond == 9 ? 40 : 31));
        }
    }
}

TEST_CASE("every slice counts as an order", "[replication]") {
    for (const RiskLimits& limits :
         {RiskLimits{.max_open_orders = 3}, RiskLimits{.max_orders_per_second = 3}}) {
        Bounded desk;
        desk.defines(rules_of({.freeze = 10}));
        desk.limits(desk.follower, limits);
        CHECK(outcome_of(desk.buys_at_500("A", 31)).limit->actual == 4);
        CHECK(intended(desk.buys_at_500("B", 30), desk.follower).size() == 3);
    }
}

TEST_CASE("totals of a master and of the whole ledger hold across the followers of one event",
          "[replication]") {
    for (const RiskScope scope : {RiskScope::master, RiskScope::global}) {
        for (const RiskLimits& limits :
             {RiskLimits{.max_open_orders = 2}, RiskLimits{.max_orders_per_second = 2},
              RiskLimits{.max_capital = Money{250 * price}}}) {
            Bounded desk;
            desk.limits_at(scope, limits);
            const AccountNumber second = desk.joins();
            const AccountNumber third = desk.joins();
            const Answer answer = desk.buys_at_500("A", 100);
            CHECK(intended(answer, desk.follower).size() == 1);
            CHECK(intended(answer, second).size() == 1);
            CHECK(intended(answer, third).empty());
            CHECK(skipped(answer, third) != nullptr);
        }
    }
}

}  // namespace ledger::replication::test::limits_test
