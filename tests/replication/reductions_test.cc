// Reductions: the follower keeps his share of what the master keeps (I10).
#include "ledger/replication/order_status.h"
#include "tests/replication/desk.h"

#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test::reductions_test {

namespace {

using Quantities = std::vector<std::int64_t>;
constexpr Trade buy_100{.side = Side::buy, .quantity = 100};
constexpr Trade sell_100{.side = Side::sell, .quantity = 100};

SkipReason reason_of(const Answer& answer, AccountNumber follower) {
    const FollowerOrderSkipped* skip = skipped(answer, follower);
    return skip == nullptr ? SkipReason::none : skip->reason;
}

// A follower that has what its ratio gave it of the master's 100.
struct Held : Desk {
    AccountNumber follower;

    explicit Held(std::string_view ratio = "1", std::int64_t lot = 1) {
        if (lot != 1) defines(rules_of({.lot = lot}));
        follower = joins({.ratio = ratio_of(ratio)});
        buys("in", 100);
        everything_fills();
    }
};

}  // namespace

TEST_CASE("I10 partial exits never drift: the last one leaves nothing", "[replication]") {
    Held desk{"0.37"};
    CHECK(desk.held(desk.follower) == 37);
    // Of 37 for 100: 24.79 are kept at 67, 12.58 at 34, and none at none.
    CHECK(intended(desk.sells("1", 33), desk.follower) == Quantities{13});
    desk.everything_fills();
    CHECK(intended(desk.sells("2", 33), desk.follower) == Quantities{12});
    desk.everything_fills();
    CHECK(intended(desk.sells("3", 34), desk.follower) == Quantities{12});
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("a hundred exits of one unit each end where one of a hundred would", "[replication]") {
    Held desk{"0.29"};
    for (int i = 1; i <= 100; ++i) {
        desk.sells(std::to_string(i), 1);
        desk.everything_fills();
        CHECK(desk.held(desk.follower) == 29 * (100 - i) / 100);
    }
}

TEST_CASE("exits that are ordered before the former ones fill count those", "[replication]") {
    Held desk{"0.5"};
    desk.places("1", {.side = Side::sell, .quantity = 40});
    desk.places("2", {.side = Side::sell, .quantity = 60});
    CHECK(desk.asked(desk.follower, "1") == 20);
    CHECK(desk.asked(desk.follower, "2") == 30);
}

TEST_CASE("a reduction records what its share was measured on", "[replication]") {
    Held desk{"0.37"};
    const Answer answer = desk.places("1", {.side = Side::sell, .quantity = 33});
    const SizingFigures& figures = only<FollowerOrderIntended>(answer)->figures;
    CHECK(figures.reducing.value() == 13);
    CHECK(figures.master_position.value() == 100);
    CHECK(figures.position.value() == 37);
}

TEST_CASE("an order through zero closes what is held and opens the rest", "[replication]") {
    Held desk{"0.5"};
    const Answer answer = desk.sells("through", 140);
    CHECK(intended(answer, desk.follower) == Quantities{50 + 20});
    CHECK(only<FollowerOrderIntended>(answer)->figures.reducing.value() == 50);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == -20);
    desk.buys("back", 40);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("where the opening half of an order through zero is refused, the other half goes",
          "[replication]") {
    Held desk;
    desk.halts(desk.follower);
    const Answer answer = desk.sells("through", 140);
    CHECK(intended(answer, desk.follower) == Quantities{100});
    const SizingFigures& figures = only<FollowerOrderIntended>(answer)->figures;
    REQUIRE(figures.limit.has_value());
    CHECK(figures.limit->rule == SkipReason::kill_switch);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("a follower of two masters holds one share of each", "[replication]") {
    Desk desk;
    const AccountNumber second = desk.opens_master("SECOND");
    const AccountNumber follower = desk.joins();
    desk.links(second, follower, {.ratio = "0.5"});
    MasterSays of_second{.order = "two"};
    of_second.master = second;
    desk.buys("one", 100);
    desk.reports_new(of_second);
    of_second.filled = 100;
    desk.reports_fill(of_second);
    desk.everything_fills();
    CHECK(desk.held(follower) == 100);
    CHECK(desk.held(follower, of_second) == 50);
    desk.sells("out", 100);
    desk.everything_fills();
    CHECK(desk.held(follower) == 0);
    CHECK(desk.held(follower, of_second) == 50);
}

TEST_CASE("a follower who joined half-way reduces in proportion to what it has", "[replication]") {
    Desk desk;
    desk.buys("before", 100);
    const AccountNumber follower = desk.joins();
    CHECK(reason_of(desk.sells("early", 20), follower) == SkipReason::nothing_to_reduce);
    desk.buys("after", 20);
    desk.everything_fills();
    CHECK(desk.held(follower) == 20);
    CHECK(intended(desk.sells("half", 50), follower) == Quantities{10});
    desk.everything_fills();
    CHECK(intended(desk.sells("rest", 50), follower) == Quantities{10});
}

TEST_CASE("what the follower's own fills brought is what shrinks", "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins();
    desk.buys("in", 100);
    desk.fills(desk.placing(follower, "in"), 30);
    // 30 are held and 70 will be: the exit counts on all of them.
    CHECK(intended(desk.sells("half", 50), follower) == Quantities{50});
    desk.fills(desk.placing(follower, "half"), 10);
    CHECK(desk.held(follower) == 20);
    desk.everything_fills();
    CHECK(desk.held(follower) == 50);
    desk.sells("rest", 50);
    desk.everything_fills();
    CHECK(desk.held(follower) == 0);
}

TEST_CASE("an opening that comes to nothing cuts the reduction that counted on it",
          "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins();
    desk.places("in", buy_100);
    const Aim opening = desk.placing(follower, "in");
    desk.fills(opening, 30);
    desk.places("out", {.side = Side::sell, .quantity = 60});
    const Aim reduction = desk.placing(follower, "out");
    CHECK(desk.row(reduction).terms.quantity.value() == 60);
    desk.book_says(
        opening,
        {.status = OrdStatus::canceled, .filled = 30, .id = desk.row(opening).broker_order_id});
    CHECK(desk.row(reduction).terms.quantity.value() == 30);
    desk.everything_fills();
    CHECK(desk.held(follower) == 0);
}

TEST_CASE("a rejected opening withdraws the reduction of what it would have brought",
          "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins();
    desk.places("in", buy_100);
    desk.places("out", sell_100);
    const Aim opening = desk.placing(follower, "in");
    desk.starts(opening);
    const Answer rejected = desk.rejected(opening);
    REQUIRE(only<UnsentOrderWithdrawn>(rejected) != nullptr);
    CHECK(only<UnsentOrderWithdrawn>(rejected)->because == SkipReason::nothing_to_reduce);
    desk.everything_fills();
    CHECK(desk.held(follower) == 0);
}

TEST_CASE("a stop beside a target: the follower has both, as the master does", "[replication]") {
    Held desk{"0.5"};
    desk.places("target", {.side = Side::sell, .quantity = 100, .price = 2 * rupee});
    const Answer stop = desk.places("stop", sell_100);
    CHECK(desk.asked(desk.follower, "target") == 50);
    CHECK(intended(stop, desk.follower) == Quantities{50});
    desk.fills(desk.placing(desk.follower, "target"), 50, 2 * rupee);
    CHECK(desk.held(desk.follower) == 0);
    MasterSays ends{.order = "stop"};
    ends.side = Side::sell;
    desk.reports_cancel(ends);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("what is left when the master is flat is closed at the market", "[replication]") {
    Held desk;
    desk.places("out", sell_100);
    const Aim reduction = desk.placing(desk.follower, "out");
    desk.fills(reduction, 60);
    desk.fills("out", sell_100, 100);
    const Answer end = desk.book_says(
        reduction,
        {.status = OrdStatus::canceled, .filled = 60, .id = desk.row(reduction).broker_order_id});
    const auto* flatten = only<FollowerOrderIntended>(end);
    REQUIRE(flatten != nullptr);
    CHECK(flatten->purpose == OrderPurpose::flatten);
    CHECK(flatten->terms.quantity.value() == 40);
    CHECK(flatten->terms.type == OrderType::market);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("a flattening that fails is for a person, and is not tried for ever", "[replication]") {
    Held desk;
    desk.sells("out", 100);
    const Aim reduction = desk.placing(desk.follower, "out");
    desk.starts(reduction);
    desk.rejected(reduction);
    const Aim flatten = desk.orders(desk.follower).back();
    CHECK(desk.row(flatten).purpose == OrderPurpose::flatten);
    desk.starts(flatten);
    const Answer failed = desk.rejected(flatten);
    CHECK(skips(failed) == Reasons{SkipReason::close_failed});
    CHECK(desk.live(desk.follower).empty());
}

TEST_CASE("I3 a cancel that leaves the master flat makes no order; the next news does",
          "[replication]") {
    Held desk;
    desk.places("out", sell_100);
    MasterSays more{.order = "more"};
    desk.reports_new(more);
    const Aim reduction = desk.placing(desk.follower, "out");
    desk.fills(reduction, 60);
    desk.fills("out", sell_100, 100);
    desk.book_says(
        reduction,
        {.status = OrdStatus::canceled, .filled = 60, .id = desk.row(reduction).broker_order_id});
    const std::size_t orders = desk.state().follower_orders.size();
    desk.reports_cancel(more);
    CHECK(desk.live(desk.follower).empty());
    CHECK(desk.state().follower_orders.size() == orders);
    CHECK(desk.held(desk.follower) == 40);
    desk.buys("next", 10);
    desk.sells("next-out", 10);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("lots that bite: the follower sells at least his part, in whole lots", "[replication]") {
    Held desk{"0.75", 25};
    CHECK(desk.held(desk.follower) == 75);
    // 75 x 60 / 100 is 45: one lot of 25 is kept.
    CHECK(intended(desk.sells("1", 40), desk.follower) == Quantities{50});
    desk.everything_fills();
    CHECK(intended(desk.sells("2", 20), desk.follower) == Quantities{});
    desk.everything_fills();
    CHECK(intended(desk.sells("3", 40), desk.follower) == Quantities{25});
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("an intent that reduces does not age", "[replication]") {
    Held desk;
    desk.sells("out", 100);
    desk.passes(3'600 * second_ns);
    CHECK(only<AttemptStarted>(desk.starts(desk.placing(desk.follower, "out"))) != nullptr);
}

TEST_CASE("a reduction that was not placed still reduces with a change merged into it",
          "[replication]") {
    Held desk;
    MasterSays out{.order = "out", .side = Side::sell, .price = 100 * rupee};
    desk.reports_new(out);
    const Aim placing = desk.placing(desk.follower, "out");
    desk.starts(placing);
    desk.unknown(placing);
    out.price = 99 * rupee;
    desk.reports_modify(out);
    desk.not_placed(placing);
    REQUIRE(desk.row(placing).unsent());
    CHECK(desk.row(placing).reducing == Quantity{100});
    desk.halts({});
    CHECK(desk.row(placing).unsent());
    desk.passes(3'600 * second_ns);
    CHECK(only<AttemptStarted>(desk.starts(placing)) != nullptr);
}

TEST_CASE("nothing is sent of a closed account, not even a reduction", "[replication]") {
    Held desk;
    desk.submit(CloseAccount{desk.follower});
    CHECK(reason_of(desk.sells("out", 100), desk.follower) == SkipReason::account_closed);
}

}  // namespace ledger::replication::test::reductions_test
