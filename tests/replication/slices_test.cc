// Above the exchange's freeze quantity an order goes out in slices, numbered and mapped.
#include "ledger/replication/order_status.h"
#include "tests/replication/desk.h"

#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test::slices_test {

namespace {

using Quantities = std::vector<std::int64_t>;

MasterSays limit_buy(std::int64_t quantity) {
    MasterSays says{.order = "O"};
    says.quantity = quantity;
    says.price = 500 * rupee;
    return says;
}

// A follower with slices of 100, 100 and 50 at its broker.
struct Sliced : Desk {
    AccountNumber follower;

    Sliced() {
        defines(rules_of({.freeze = 100}));
        follower = joins();
        reports_new(limit_buy(250));
        for (const Aim& aim : orders(follower)) is_done(aim, "B-" + to_text(aim.order));
    }

    // As they will be once every change is made; a cancel is 0.
    [[nodiscard]] Quantities to_come() const {
        Quantities out;
        for (const Aim& aim : orders(follower)) {
            const FollowerOrder& order = row(aim);
            const bool changes = !order.changes.empty();
            const bool cancels = changes && order.changes.back().kind == IntentKind::cancel;
            const OrderTerms& terms = changes ? order.changes.back().terms : order.terms;
            out.push_back(cancels ? 0 : terms.quantity.value());
        }
        return out;
    }
};

}  // namespace

TEST_CASE("the freeze quantity itself is one order, the next unit a slice", "[replication]") {
    Desk desk;
    desk.defines(rules_of({.freeze = 100}));
    const AccountNumber follower = desk.joins();
    CHECK(intended(desk.buys("A", 100), follower) == Quantities{100});
    CHECK(intended(desk.buys("B", 101), follower) == Quantities{100, 1});
    CHECK(intended(desk.buys("C", 250), follower) == Quantities{100, 100, 50});
}

TEST_CASE("slices are whole lots", "[replication]") {
    Desk desk;
    desk.defines(rules_of({.lot = 75, .freeze = 200}));
    const AccountNumber follower = desk.joins();
    CHECK(intended(desk.buys("A", 400), follower) == Quantities{150, 150, 75});
}

TEST_CASE("slices are numbered and mapped to one master order", "[replication]") {
    Sliced desk;
    std::uint32_t slice = 0;
    for (const Aim& aim : desk.orders(desk.follower)) {
        CHECK(desk.row(aim).slice == slice++);
        CHECK(desk.row(aim).master_order == 0);
    }
}

TEST_CASE("a modify down empties the last slices first", "[replication]") {
    Sliced desk;
    desk.reports_modify(limit_buy(120));
    CHECK(desk.to_come() == Quantities{100, 20, 0});
}

TEST_CASE("I3 a modify up fills the slices there are, and adds none", "[replication]") {
    Sliced desk;
    desk.reports_modify(limit_buy(280));
    CHECK(desk.to_come() == Quantities{100, 100, 80});
    const Answer beyond = desk.reports_modify(limit_buy(400));
    CHECK(desk.to_come() == Quantities{100, 100, 100});
    const auto* modified = only<FollowerModifyIntended>(beyond);
    REQUIRE(modified != nullptr);
    CHECK(modified->figures.limit ==
          LimitFigures{SkipReason::freeze_quantity, RiskScope::link, 300, 400});
}

TEST_CASE("a modify leaves each slice what it has filled", "[replication]") {
    Sliced desk;
    const std::vector<Aim> slices = desk.orders(desk.follower);
    desk.fills(slices[2], 30);
    desk.reports_modify(limit_buy(150));
    CHECK(desk.to_come() == Quantities{100, 20, 0});
    // 100 + 20 + 30 filled.
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 150);
}

TEST_CASE("a new price reaches every slice", "[replication]") {
    Sliced desk;
    MasterSays moved = limit_buy(250);
    moved.price = 495 * rupee;
    desk.reports_modify(moved);
    for (const Aim& aim : desk.orders(desk.follower)) {
        REQUIRE(desk.row(aim).changes.size() == 1);
        CHECK(desk.row(aim).changes.front().terms.price.value() == 495 * rupee);
    }
}

TEST_CASE("a cancel reaches every slice", "[replication]") {
    Sliced desk;
    desk.reports_cancel(limit_buy(250));
    CHECK(desk.to_come() == Quantities{0, 0, 0});
}

TEST_CASE("reductions and exits are sliced, too", "[replication]") {
    Sliced desk;
    desk.everything_fills();
    MasterSays filled = limit_buy(250);
    filled.filled = 250;
    desk.reports_fill(filled);
    const Answer half = desk.sells("half", 125);
    CHECK(intended(half, desk.follower) == Quantities{100, 25});
    desk.everything_fills();
    CHECK(intended(desk.exits("O"), desk.follower) == Quantities{100, 25});
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("an order of more than two hundred slices is taken for a mistake", "[replication]") {
    Desk desk;
    desk.defines(rules_of({.freeze = 1}));
    const AccountNumber follower = desk.joins();
    CHECK(intended(desk.buys("A", 200), follower).size() == 200);
    const Answer mistake = desk.buys("B", 201);
    REQUIRE(skipped(mistake, follower) != nullptr);
    CHECK(skipped(mistake, follower)->reason == SkipReason::quantity_overflow);
}

}  // namespace ledger::replication::test::slices_test
