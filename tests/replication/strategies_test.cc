// Each strategy by worked example, from recorded funds and marks to the order that is intended.
#include "tests/replication/desk.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test::strategies_test {

namespace {

constexpr AccountNumber master{1};
constexpr Trade at_market{.side = Side::buy, .quantity = 100};
constexpr Trade at_500{.side = Side::buy, .quantity = 100, .price = 500 * rupee};

using Quantities = std::vector<std::int64_t>;

const FollowerOrderIntended& intent_of(const Answer& answer) {
    const auto* intent = only<FollowerOrderIntended>(answer);
    REQUIRE(intent != nullptr);
    return *intent;
}

SkipReason reason_of(const Answer& answer) {
    const auto* skip = only<FollowerOrderSkipped>(answer);
    return skip == nullptr ? SkipReason::none : skip->reason;
}

SetLink by_percentage(std::string_view percentage) {
    return {.strategy = CopyStrategy::percentage, .percentage = ratio_of(percentage)};
}

const SetLink by_equity{.strategy = CopyStrategy::equity_proportional};

}  // namespace

TEST_CASE("FIXED_RATIO takes the quantity times the ratio, rounded down", "[replication]") {
    Desk desk;
    const AccountNumber small = desk.joins({.ratio = ratio_of("0.29")});
    const AccountNumber large = desk.joins({.ratio = ratio_of("1.15")});
    const Answer answer = desk.places("O", at_market);
    CHECK(intended(answer, small) == Quantities{29});
    CHECK(intended(answer, large) == Quantities{115});
}

TEST_CASE("PERCENTAGE takes what that part of the capital buys at the limit price",
          "[replication]") {
    // 2.5 % of 1,000,000 is 25,000: 50 at 500; and 24,999 would be 49.
    for (const auto& [capital, quantity] : {std::pair{1'000'000, 50}, std::pair{999'960, 49}}) {
        Desk desk;
        const AccountNumber follower = desk.joins(by_percentage("2.5"));
        desk.has_funds(follower, {}, capital * rupee);
        const Answer answer = desk.places("O", at_500);
        CHECK(intent_of(answer).terms.quantity.value() == quantity);
        CHECK(intent_of(answer).figures.equity.value() == capital * rupee);
        CHECK(intent_of(answer).figures.ratio == Ratio{5, 2});
    }
}

TEST_CASE("PERCENTAGE values a market order at the last mark, which is recorded with it",
          "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins(by_percentage("10"));
    desk.has_funds(follower, 100'000 * rupee);
    CHECK(reason_of(desk.places("A", at_market)) == SkipReason::no_reference_price);
    desk.marks(300 * rupee);
    const Answer answer = desk.places("B", at_market);
    CHECK(intent_of(answer).terms.quantity.value() == 33);
    CHECK(intent_of(answer).figures.mark.value() == 300 * rupee);
    CHECK(intent_of(answer).figures.mark_at_ns == desk.now_ns());
}

TEST_CASE("PERCENTAGE is of the capital where it differs from the equity", "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins(by_percentage("50"));
    desk.has_funds(follower, 100'000 * rupee, 20'000 * rupee);
    CHECK(intent_of(desk.places("O", at_500)).terms.quantity.value() == 20);
}

TEST_CASE("FIXED_QUANTITY is the same whatever the master does", "[replication]") {
    Desk desk;
    const AccountNumber follower =
        desk.joins({.strategy = CopyStrategy::fixed_quantity, .fixed_quantity = Quantity{7}});
    CHECK(intended(desk.places("A", {.quantity = 1}), follower) == Quantities{7});
    CHECK(intended(desk.places("B", {.quantity = 5'000}), follower) == Quantities{7});
}

TEST_CASE("EQUITY_PROPORTIONAL takes the quantity times the one equity over the other",
          "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins(by_equity);
    desk.has_funds(master, 300'000 * rupee);
    desk.has_funds(follower, 200'000 * rupee);
    const Answer answer = desk.places("O", at_market);
    CHECK(intended(answer, follower) == Quantities{66});
    CHECK(intent_of(answer).figures.master_equity.value() == 300'000 * rupee);
}

TEST_CASE("an equity that was never told is no basis", "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins(by_equity);
    CHECK(reason_of(desk.places("A", at_market)) == SkipReason::equity_unknown);
    desk.has_funds(follower, 200'000 * rupee);
    CHECK(reason_of(desk.places("B", at_market)) == SkipReason::equity_unknown);
    desk.has_funds(master, 0);
    CHECK(reason_of(desk.places("C", at_market)) == SkipReason::equity_unknown);
    desk.has_funds(master, 100'000 * rupee);
    CHECK(intended(desk.places("D", at_market), follower) == Quantities{200});
}

TEST_CASE("an equity is good to its age and one nanosecond later no more", "[replication]") {
    Policy policy;
    policy.max_equity_age_ns = 60 * second_ns;
    Desk desk{policy};
    const AccountNumber follower = desk.joins(by_equity);
    desk.has_funds(follower, 100'000 * rupee);
    desk.passes(10 * second_ns);
    desk.has_funds(master, 100'000 * rupee);
    desk.passes(50 * second_ns);
    CHECK(reason_of(desk.places("A", at_market)) == SkipReason::none);
    desk.passes(1);
    // The older of the two decides.
    CHECK(reason_of(desk.places("B", at_market)) == SkipReason::equity_stale);
}

TEST_CASE("a capital is good to its age and one nanosecond later no more", "[replication]") {
    Policy policy;
    policy.max_equity_age_ns = 60 * second_ns;
    Desk desk{policy};
    desk.has_funds(desk.joins(by_percentage("10")), 100'000 * rupee);
    desk.passes(60 * second_ns);
    CHECK(reason_of(desk.places("A", at_500)) == SkipReason::none);
    desk.passes(1);
    CHECK(reason_of(desk.places("B", at_500)) == SkipReason::equity_stale);
}

TEST_CASE("a value limit needs a mark for a market order, and none for a limit order",
          "[replication]") {
    for (const RiskLimits& limits : {RiskLimits{.max_order_value = Money{50'000 * rupee}},
                                     RiskLimits{.max_position_value = Money{50'000 * rupee}},
                                     RiskLimits{.max_capital = Money{50'000 * rupee}}}) {
        Desk desk;
        const AccountNumber follower = desk.joins();
        desk.limits(follower, limits);
        CHECK(reason_of(desk.places("A", at_market)) == SkipReason::no_reference_price);
        CHECK(intended(desk.places("B", at_500), follower) == Quantities{100});
    }
}

TEST_CASE("sizes are rounded down to lots, or up to the first where the link says so",
          "[replication]") {
    Desk desk;
    desk.defines(rules_of({.lot = 75}));
    const AccountNumber down = desk.joins({.ratio = ratio_of("0.5")});
    const AccountNumber up = desk.joins({.ratio = ratio_of("0.5"), .round_up_to_min_lot = true});
    const Answer below = desk.places("A", {.quantity = 149});
    REQUIRE(skipped(below, down) != nullptr);
    CHECK(skipped(below, down)->reason == SkipReason::below_min_lot);
    CHECK(skipped(below, down)->figures.raw_quantity.value() == 74);
    CHECK(intended(below, up) == Quantities{75});
    const Answer at = desk.places("B", {.quantity = 150});
    CHECK(intended(at, down) == Quantities{75});
    CHECK(intended(desk.places("C", {.quantity = 449}), up) == Quantities{150});
}

TEST_CASE("rounding up to a lot does not pass a limit", "[replication]") {
    Desk desk;
    desk.defines(rules_of({.lot = 75}));
    desk.limits(desk.joins({.ratio = ratio_of("0.5"), .round_up_to_min_lot = true}),
                {.max_quantity = Quantity{74}});
    CHECK(reason_of(desk.places("A", {.quantity = 100})) == SkipReason::max_quantity);
}

}  // namespace ledger::replication::test::strategies_test
