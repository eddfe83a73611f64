// What a closed account still sends: what reduces, and nothing that opens.
#include "tests/replication/desk.h"

#include <string_view>

#include <catch2/catch.hpp>

namespace ledger::replication::test::closed_account_test {

namespace {

constexpr Trade limit_buy{.side = Side::buy, .quantity = 100, .price = 500 * rupee};

struct Closing : Desk {
    AccountNumber follower = joins();

    bool copies(std::string_view order) {
        return !intended(places(order, limit_buy), follower).empty();
    }
};

}  // namespace

TEST_CASE("a closed account's orders that wait and would open are withdrawn", "[replication]") {
    Closing desk;
    CHECK(desk.copies("unsent"));
    CHECK(desk.copies("sent"));
    CHECK(desk.copies("in doubt"));
    const AccountNumber other = desk.joins();
    CHECK(intended(desk.places("both", limit_buy), other).size() == 1);
    desk.is_done(desk.placing(desk.follower, "sent"));
    const Aim doubtful = desk.placing(desk.follower, "in doubt");
    desk.starts(doubtful);
    desk.unknown(doubtful);
    const Answer closed = desk.submit(CloseAccount{desk.follower});
    CHECK(kinds(closed) == Kinds{"AccountClosed", "UnsentOrderWithdrawn", "UnsentOrderWithdrawn"});
    for (const std::string_view order : {"unsent", "both"}) {
        CHECK(desk.row(desk.placing(desk.follower, order)).status == OrdStatus::withdrawn);
    }
    CHECK(desk.row(desk.placing(desk.follower, "sent")).status == OrdStatus::new_);
    CHECK(desk.row(desk.placing(other, "both")).unsent());
    // Nor is it sent again where it turns out not to be at the broker.
    const Answer absent = desk.not_placed(doubtful);
    REQUIRE(only<UnsentOrderWithdrawn>(absent) != nullptr);
    CHECK(only<UnsentOrderWithdrawn>(absent)->because == SkipReason::account_closed);
}

TEST_CASE("I9 a closed account's order through zero still reduces", "[replication]") {
    Closing desk;
    desk.buys("in", 100);
    desk.everything_fills();
    desk.places("through", {.side = Side::sell, .quantity = 140});
    const Aim through = desk.placing(desk.follower, "through");
    const Answer closed = desk.submit(CloseAccount{desk.follower});
    REQUIRE(only<UnsentOrderAmended>(closed) != nullptr);
    REQUIRE(only<UnsentOrderAmended>(closed)->figures.limit);
    CHECK(only<UnsentOrderAmended>(closed)->figures.limit->rule == SkipReason::account_closed);
    CHECK(desk.row(through).terms.quantity.value() == 100);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("closing an account decides nothing for another", "[replication]") {
    Closing desk;
    const AccountNumber other = desk.joins();
    desk.buys("in", 100);
    desk.everything_fills();
    // Left as it is; only later is it said that it is to be closed on leaving.
    SetLink paused{.master = AccountNumber{1}, .follower = other};
    paused.active = false;
    desk.submit(paused);
    SetLink closes{.master = AccountNumber{1}, .follower = other};
    closes.on_leave = LeavePolicy::close_positions;
    desk.submit(closes);
    CHECK(kinds(desk.submit(CloseAccount{desk.follower})) == Kinds{"AccountClosed"});
    CHECK(desk.held(other) == 100);
}

}  // namespace ledger::replication::test::closed_account_test
