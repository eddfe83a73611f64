// A modify is sized and limited like the original: what ends a copy, and what leaves it.
#include "ledger/replication/order_status.h"
#include "tests/replication/desk.h"

#include <array>
#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test::modify_limits_test {

namespace {

constexpr std::int64_t price = 500 * rupee;

MasterSays limit_buy(std::int64_t quantity, std::int64_t at = price) {
    MasterSays says{.order = "O"};
    says.quantity = quantity;
    says.price = at;
    return says;
}

// A follower with a copy of the master's 100 at its broker.
struct Working : Desk {
    AccountNumber follower = joins();
    Aim copy;

    explicit Working(const RiskLimits& limits = {}) {
        this->limits(follower, limits);
        reports_new(limit_buy(100));
        copy = placing(follower, "O");
        is_done(copy);
    }

    [[nodiscard]] std::int64_t quantity_to_come() const {
        return row(copy).changes.back().terms.quantity.value();
    }
};

bool ends(const Answer& answer) {
    return only<FollowerCancelIntended>(answer) != nullptr;
}

}  // namespace

TEST_CASE("a quantity modified beyond a cap is capped again, and it is recorded", "[replication]") {
    Working desk{RiskLimits{.max_quantity = Quantity{120}}};
    const Answer answer = desk.reports_modify(limit_buy(200));
    const auto* modified = only<FollowerModifyIntended>(answer);
    REQUIRE(modified != nullptr);
    CHECK(modified->terms.quantity.value() == 120);
    CHECK(modified->figures.limit ==
          LimitFigures{SkipReason::max_quantity, RiskScope::follower, 120, 200});
    CHECK(skips(desk.reports_modify(limit_buy(300))) == Reasons{SkipReason::no_change});
}

TEST_CASE("a price modified up is valued at the new price", "[replication]") {
    Working desk{RiskLimits{.max_order_value = Money{100 * price}, .on_limit = OnLimit::cap}};
    desk.reports_modify(limit_buy(100, 2 * price));
    CHECK(desk.quantity_to_come() == 50);
}

TEST_CASE("an order's own capital does not stand in the way of its modify", "[replication]") {
    Working desk{RiskLimits{.max_capital = Money{100 * price}}};
    CHECK(only<FollowerModifyIntended>(desk.reports_modify(limit_buy(90))) != nullptr);
    CHECK(only<FollowerModifyIntended>(desk.reports_modify(limit_buy(100))) != nullptr);
    CHECK(ends(desk.reports_modify(limit_buy(101))));
}

TEST_CASE("what is filled of an order keeps its part of the capital through a modify",
          "[replication]") {
    Working desk{RiskLimits{.max_capital = Money{100 * price}}};
    desk.fills(desk.copy, 40, price);
    CHECK(only<FollowerModifyIntended>(desk.reports_modify(limit_buy(99))) != nullptr);
    CHECK(ends(desk.reports_modify(limit_buy(101))));
}

TEST_CASE("open orders and the rate are not asked of an order that is there", "[replication]") {
    Working desk{RiskLimits{.max_open_orders = 1, .max_orders_per_second = 1}};
    CHECK(only<FollowerModifyIntended>(desk.reports_modify(limit_buy(90))) != nullptr);
}

TEST_CASE("what refuses the terms ends the copy, with its cause", "[replication]") {
    const std::vector<std::pair<SkipReason, RiskLimits>> refusals{
        {SkipReason::max_quantity, {.max_quantity = Quantity{100}, .on_limit = OnLimit::skip}},
        {SkipReason::max_order_value, {.max_order_value = Money{100 * price}}},
        {SkipReason::max_position_value, {.max_position_value = Money{100 * price}}},
        {SkipReason::max_capital, {.max_capital = Money{100 * price}}}};
    for (const auto& [reason, limits] : refusals) {
        Working desk{limits};
        const Answer answer = desk.reports_modify(limit_buy(101));
        REQUIRE(ends(answer));
        CHECK(only<FollowerCancelIntended>(answer)->because == reason);
    }
    Working far;
    far.limits(far.follower, {.price_band_bps = 1});
    far.marks(400 * rupee);
    CHECK(ends(far.reports_modify(limit_buy(90))));
    Working listed;
    listed.limits(listed.follower, {.allowed_instruments = {"TCS"}});
    CHECK(ends(listed.reports_modify(limit_buy(90))));
}

TEST_CASE("what refuses for the moment leaves the copy as it is, and says so", "[replication]") {
    const auto reason_after = [](const auto& change) {
        Working desk;
        change(desk);
        return skips(desk.reports_modify(limit_buy(90)));
    };
    CHECK(reason_after([](Working& desk) { desk.halts(desk.follower); }) ==
          Reasons{SkipReason::kill_switch});
    CHECK(reason_after([](Working& desk) { desk.consents(desk.follower, false); }) ==
          Reasons{SkipReason::consent_withdrawn});
    CHECK(reason_after([](Working& desk) { desk.enables(desk.follower, false); }) ==
          Reasons{SkipReason::account_disabled});
    CHECK(reason_after([](Working& desk) {
              desk.limits(desk.follower, {.max_daily_loss = Money{0}});
          }) == Reasons{SkipReason::max_daily_loss});
    CHECK(reason_after([](Working& desk) { desk.limits(desk.follower, {.price_band_bps = 1}); }) ==
          Reasons{SkipReason::no_reference_price});
}

TEST_CASE("a cancel passes whatever stands in the way of a modify", "[replication]") {
    Working desk;
    desk.halts(AccountNumber{0});
    desk.limits(desk.follower, {.max_open_orders = 0});
    CHECK(ends(desk.reports_cancel(limit_buy(100))));
}

TEST_CASE("capital that modifies take is shared by the followers of one event", "[replication]") {
    Desk desk;
    const AccountNumber first = desk.joins();
    const AccountNumber second = desk.joins();
    desk.reports_new(limit_buy(100));
    desk.limits(AccountNumber{0}, {.max_capital = Money{250 * price}});
    for (const AccountNumber follower : {first, second}) desk.is_done(desk.placing(follower, "O"));
    // 140 for the first would leave 110 for the second.
    const Answer answer = desk.reports_modify(limit_buy(140));
    REQUIRE(only<FollowerModifyIntended>(answer) != nullptr);
    CHECK(only<FollowerModifyIntended>(answer)->follower == first);
    REQUIRE(ends(answer));
    CHECK(only<FollowerCancelIntended>(answer)->follower == second);
}

}  // namespace ledger::replication::test::modify_limits_test
