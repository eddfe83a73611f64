// Exit of a master order or position: cancel what works, close what filled, by what was filled.
#include "ledger/replication/order_status.h"
#include "tests/replication/desk.h"

#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test::exits_test {

namespace {

using Quantities = std::vector<std::int64_t>;
constexpr Trade buy_at_500{.side = Side::buy, .quantity = 100, .price = 500 * rupee};

MasterSays of(std::string_view order, const Trade& trade) {
    MasterSays says;
    says.order = order;
    says.side = trade.side;
    says.quantity = trade.quantity;
    says.price = trade.price;
    return says;
}

struct Bought : Desk {
    AccountNumber follower = joins();
    Aim copy;

    Bought() {
        places("O", buy_at_500);
        copy = placing(follower, "O");
    }
};

}  // namespace

TEST_CASE("an exit withdraws what is unsent, cancels what works and closes what filled",
          "[replication]") {
    Desk desk;
    const AccountNumber unsent = desk.joins();
    const AccountNumber working = desk.joins();
    const AccountNumber filled = desk.joins();
    desk.places("O", buy_at_500);
    desk.fills(desk.placing(working, "O"), 30);
    desk.fills(desk.placing(filled, "O"), 100);
    const Answer answer = desk.exits("O");
    CHECK(kinds(answer) == Kinds{"ExitRequested", "UnsentOrderWithdrawn", "FollowerCancelIntended",
                                 "FollowerOrderIntended", "FollowerOrderIntended"});
    CHECK(only<FollowerCancelIntended>(answer)->because == SkipReason::exit_requested);
    CHECK(intended(answer, unsent).empty());
    CHECK(intended(answer, working) == Quantities{30});
    CHECK(intended(answer, filled) == Quantities{100});
    desk.everything_fills();
    for (const AccountNumber follower : {unsent, working, filled}) {
        CHECK(desk.held(follower) == 0);
    }
}

TEST_CASE("what an exit places is a market order of purpose EXIT on the other side",
          "[replication]") {
    Bought desk;
    desk.fills(desk.copy, 100);
    const Answer answer = desk.exits("O");
    const auto* exit = only<FollowerOrderIntended>(answer);
    REQUIRE(exit != nullptr);
    CHECK(exit->purpose == OrderPurpose::exit);
    CHECK(exit->terms.side == Side::sell);
    CHECK(exit->terms.type == OrderType::market);
    CHECK(exit->figures.reducing.value() == 100);
}

TEST_CASE("a fill that comes after the exit is closed, too", "[replication]") {
    Bought desk;
    desk.fills(desk.copy, 30);
    desk.exits("O");
    const Answer late = desk.book_says(desk.copy, {.status = OrdStatus::partially_filled,
                                                   .filled = 45,
                                                   .id = desk.row(desk.copy).broker_order_id});
    CHECK(intended(late, desk.follower) == Quantities{15});
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("an exit asked for twice closes nothing twice", "[replication]") {
    Bought desk;
    desk.fills(desk.copy, 100);
    CHECK(intended(desk.exits("O"), desk.follower) == Quantities{100});
    const Answer again = desk.exits("O");
    CHECK(intended(again, desk.follower).empty());
    CHECK(skips(again) == Reasons{SkipReason::order_done});
    desk.everything_fills();
    CHECK(skips(desk.exits("O")) == Reasons{SkipReason::order_done});
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("the exit of one order leaves what another brought", "[replication]") {
    Bought desk;
    desk.fills(desk.copy, 100);
    desk.buys("other", 40);
    desk.fills(desk.placing(desk.follower, "other"), 40);
    CHECK(intended(desk.exits("O"), desk.follower) == Quantities{100});
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 40);
}

TEST_CASE("the exit of a position closes all of it, whichever order is named", "[replication]") {
    Bought desk;
    desk.fills(desk.copy, 100);
    desk.buys("other", 40);
    desk.fills(desk.placing(desk.follower, "other"), 10);
    const Answer answer = desk.exits("O", ExitScope::position);
    CHECK(intended(answer, desk.follower) == Quantities{110});
    CHECK(only<FollowerCancelIntended>(answer) != nullptr);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
    CHECK(intended(desk.exits("other", ExitScope::position), desk.follower).empty());
}

TEST_CASE("an exit of the position leaves the order that closes for an earlier exit",
          "[replication]") {
    Bought desk;
    desk.fills(desk.copy, 100);
    desk.exits("O");
    const Answer again = desk.exits("O", ExitScope::position);
    CHECK(only<FollowerCancelIntended>(again) == nullptr);
    CHECK(only<UnsentOrderWithdrawn>(again) == nullptr);
    CHECK(intended(again, desk.follower).empty());
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("the exit of a position cancels every order that works in it, each under its own id",
          "[replication]") {
    Bought desk;
    desk.is_done(desk.copy);
    desk.places("other", buy_at_500);
    desk.is_done(desk.placing(desk.follower, "other"));
    const Answer answer = desk.exits("O", ExitScope::position);
    CHECK(kinds(answer) ==
          Kinds{"ExitRequested", "FollowerCancelIntended", "FollowerCancelIntended"});
    CHECK(desk.repeated_ids() == 0);
}

TEST_CASE("a reduction that counts on what is exited is cut, so that nothing opens the other way",
          "[replication]") {
    Bought desk;
    desk.fills("O", buy_at_500, 100);
    desk.fills(desk.copy, 100);
    desk.places("target", {.side = Side::sell, .quantity = 60, .price = 600 * rupee});
    desk.is_done(desk.placing(desk.follower, "target"));
    const Answer answer = desk.exits("O");
    CHECK(intended(answer, desk.follower) == Quantities{100});
    REQUIRE(only<FollowerCancelIntended>(answer) != nullptr);
    CHECK(only<FollowerCancelIntended>(answer)->because == SkipReason::nothing_to_reduce);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("a reduction that fills although it was to be cut is closed once all is done",
          "[replication]") {
    for (const ExitScope scope : {ExitScope::order, ExitScope::position}) {
        Bought desk;
        desk.fills("O", buy_at_500, 100);
        desk.fills(desk.copy, 100);
        desk.places("target", {.side = Side::sell, .quantity = 60, .price = 600 * rupee});
        const Aim target = desk.placing(desk.follower, "target");
        desk.is_done(target);
        CHECK(intended(desk.exits("O", scope), desk.follower) == Quantities{100});
        // The broker refuses the cancel: it has filled.
        const Aim cancel = desk.first_change(target);
        desk.starts(cancel);
        desk.rejected(cancel);
        desk.book_says(target, {.status = OrdStatus::filled, .filled = 60, .average = rupee});
        CHECK(desk.held(desk.follower) == 40);
        const std::vector<Aim> closing = desk.live(desk.follower);
        REQUIRE(closing.size() == 1);
        desk.fills(closing.front(), 100);
        REQUIRE(desk.live(desk.follower).size() == 1);
        const FollowerOrder& over = desk.row(desk.live(desk.follower).front());
        CHECK(over.terms.side == Side::buy);
        CHECK(over.terms.quantity.value() == 60);
        desk.everything_fills();
        CHECK(desk.held(desk.follower) == 0);
    }
}

TEST_CASE("what was opened after the exit of a position stays", "[replication]") {
    Bought desk;
    desk.fills("O", buy_at_500, 100);
    desk.fills(desk.copy, 100);
    desk.exits("O", ExitScope::position);
    desk.buys("again", 40);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 40);
}

TEST_CASE("an order that was told of before its position was exited is exited with it",
          "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins();
    MasterSays early = of("late", buy_at_500);
    early.filled = 30;
    early.average = rupee;
    desk.reports_fill(early);
    desk.places("O", buy_at_500);
    desk.exits("O", ExitScope::position);
    const Answer told = desk.places("late", buy_at_500);
    REQUIRE(skipped(told, follower) != nullptr);
    CHECK(skipped(told, follower)->reason == SkipReason::exit_requested);
    CHECK(intended(desk.places("new", buy_at_500), follower) == Quantities{100});
}

TEST_CASE("what an exited order would still say is not copied", "[replication]") {
    Bought desk;
    desk.fills(desk.copy, 30);
    desk.exits("O");
    Trade moved = buy_at_500;
    moved.price = 495 * rupee;
    CHECK(skips(desk.reports_modify(of("O", moved))) == Reasons{SkipReason::cancel_pending});
    desk.everything_fills();
    CHECK(desk.live(desk.follower).empty());
}

TEST_CASE("the master's own exit after ours closes nothing more", "[replication]") {
    Bought desk;
    desk.fills("O", buy_at_500, 100);
    desk.fills(desk.copy, 100);
    desk.exits("O");
    desk.everything_fills();
    const Answer sold = desk.sells("out", 100);
    REQUIRE(skipped(sold, desk.follower) != nullptr);
    CHECK(skipped(sold, desk.follower)->reason == SkipReason::nothing_to_reduce);
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("an exit of an unknown order is refused, and one of nothing copied is told",
          "[replication]") {
    Desk desk;
    CHECK(desk.exits("none").refused == Errc::not_found);
    const AccountNumber follower = desk.joins();
    desk.enables(follower, false);
    desk.places("O", buy_at_500);
    CHECK(skips(desk.exits("O")) == Reasons{SkipReason::no_mapped_order});
}

TEST_CASE("a worked scenario: half, capped and disabled; moved; filled in part; exited",
          "[replication]") {
    Desk desk;
    const AccountNumber half = desk.joins({.ratio = ratio_of("0.5")});
    const AccountNumber capped = desk.joins({.limits = RiskLimits{.max_quantity = Quantity{80}}});
    const AccountNumber disabled = desk.joins();
    desk.enables(disabled, false);
    const Answer placed = desk.places("O", buy_at_500);
    CHECK(intended(placed, half) == Quantities{50});
    CHECK(intended(placed, capped) == Quantities{80});
    CHECK(desk.row(desk.placing(capped, "O")).reducing.value() == 0);
    REQUIRE(skipped(placed, disabled) != nullptr);
    CHECK(skipped(placed, disabled)->reason == SkipReason::account_disabled);
    desk.is_done(desk.placing(half, "O"), "H");
    desk.is_done(desk.placing(capped, "O"), "C");
    Trade moved = buy_at_500;
    moved.price = 495 * rupee;
    const Answer modified = desk.reports_modify(of("O", moved));
    CHECK(kinds(modified) == Kinds{"MasterOrderReported", "FollowerModifyIntended",
                                   "FollowerModifyIntended", "FollowerOrderSkipped"});
    for (const AccountNumber follower : {half, capped}) {
        const Aim aim = desk.placing(follower, "O");
        CHECK(desk.row(aim).changes.back().terms.price.value() == 495 * rupee);
        desk.is_done(desk.first_change(aim), desk.row(aim).broker_order_id);
    }
    CHECK(desk.asked(capped, "O") == 80);
    desk.fills(desk.placing(half, "O"), 20);
    desk.fills(desk.placing(capped, "O"), 80);
    const Answer exit = desk.exits("O");
    CHECK(intended(exit, half) == Quantities{20});
    CHECK(intended(exit, capped) == Quantities{80});
    desk.everything_fills();
    CHECK(desk.held(half) == 0);
    CHECK(desk.held(capped) == 0);
}

}  // namespace ledger::replication::test::exits_test
