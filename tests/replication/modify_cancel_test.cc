#include "tests/replication/given.h"

#include <catch2/catch.hpp>

namespace ledger::replication::test::modify_cancel_test {

namespace {

constexpr std::int64_t price = 1'000'000;

MasterSays limit(std::int64_t quantity, std::uint64_t version) {
    return {.quantity = quantity, .price = price, .version = version};
}

const Reasons none{};
const std::vector<SupersededBecause> later_change{SupersededBecause::later_change};
const std::vector<SupersededBecause> merged{SupersededBecause::merged_unsent};

}  // namespace

TEST_CASE("a modify of an unsent order amends it, and it is sent with the new terms",
          "[replication]") {
    Pair pair({.ratio = "0.5"});
    pair.world.reports_new(limit(100, 1));
    const Answer answer = pair.world.reports_modify(limit(60, 2));
    CHECK(kinds(answer) == Kinds{"MasterOrderReported", "UnsentOrderAmended"});
    CHECK(pair.row().terms.quantity.value() == 30);
    CHECK(pair.row().changes.empty());
    CHECK(pair.world.starts(pair.order()).recorded());
}

TEST_CASE("a cancel of an unsent order withdraws it, and it is never sent", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    const Answer answer = pair.world.reports_cancel(limit(100, 2));
    CHECK(kinds(answer) == Kinds{"MasterOrderReported", "UnsentOrderWithdrawn"});
    CHECK(pair.row().status == OrdStatus::withdrawn);
    CHECK(pair.world.starts(pair.order()).refused == Errc::not_allowed);
}

TEST_CASE("changes of an order in flight wait until it is at the broker", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.starts(pair.order());
    CHECK(only<FollowerModifyIntended>(pair.world.reports_modify(limit(80, 2))) != nullptr);
    const Aim change = pair.world.first_change(pair.order());
    CHECK(pair.world.starts(change).refused == Errc::not_allowed);
    pair.world.accepted(pair.order());
    CHECK(pair.world.starts(change).recorded());
    CHECK(pair.row().terms.quantity.value() == 100);
    pair.world.accepted(change);
    CHECK(pair.row().terms.quantity.value() == 80);
    CHECK(pair.row().changes.empty());
}

TEST_CASE("several waiting modifies become the last one, each recorded", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.starts(pair.order());
    const Answer first = pair.world.reports_modify(limit(80, 2));
    CHECK(superseded(first).empty());
    const Aim waiting = pair.world.first_change(pair.order());
    const Answer second = pair.world.reports_modify(limit(70, 3));
    CHECK(kinds(second) ==
          Kinds{"MasterOrderReported", "IntentSuperseded", "FollowerModifyIntended"});
    CHECK(superseded(second) == later_change);
    CHECK(only<IntentSuperseded>(second)->intent == waiting.intent);
    REQUIRE(pair.row().changes.size() == 1);
    CHECK(pair.row().changes[0].terms.quantity.value() == 70);
}

TEST_CASE("a cancel takes the place of a waiting modify", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.is_done(pair.order());
    pair.world.reports_modify(limit(80, 2));
    const Answer answer = pair.world.reports_cancel(limit(80, 3));
    CHECK(superseded(answer) == later_change);
    REQUIRE(pair.row().changes.size() == 1);
    CHECK(pair.row().changes[0].kind == IntentKind::cancel);
}

TEST_CASE("a cancel waits behind a modify that is under way", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.is_done(pair.order());
    pair.world.reports_modify(limit(80, 2));
    const Aim modify = pair.world.first_change(pair.order());
    pair.world.starts(modify);
    CHECK(superseded(pair.world.reports_cancel(limit(80, 3))).empty());
    const Aim cancel = pair.world.last_change(pair.order());
    CHECK(pair.world.starts(cancel).refused == Errc::not_allowed);
    pair.world.accepted(modify);
    CHECK(pair.world.starts(cancel).recorded());
}

TEST_CASE("a modify refused for now is overtaken by the change that waits behind it",
          "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.is_done(pair.order());
    pair.world.reports_modify(limit(80, 2));
    const Aim modify = pair.world.first_change(pair.order());
    pair.world.starts(modify);
    pair.world.reports_cancel(limit(80, 3));
    const Answer answer = pair.world.rejected(modify, true);
    CHECK(superseded(answer) == later_change);
    REQUIRE(pair.row().changes.size() == 1);
    CHECK(pair.row().changes[0].kind == IntentKind::cancel);
    CHECK(pair.world.starts(pair.world.first_change(pair.order())).recorded());
}

TEST_CASE("an order proved absent takes the waiting modify at once", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.starts(pair.order());
    pair.world.reports_modify(limit(80, 2));
    pair.world.unknown(pair.order());
    const Answer answer = pair.world.not_placed(pair.order());
    CHECK(kinds(answer) == Kinds{"AttemptNotPlaced", "UnsentOrderAmended", "IntentSuperseded"});
    CHECK(superseded(answer) == merged);
    CHECK(pair.row().status == OrdStatus::intended);
    CHECK(pair.row().terms.quantity.value() == 80);
    CHECK(pair.world.starts(pair.order()).recorded());
    CHECK(pair.row().attempts == 2);
}

TEST_CASE("an order refused for now that a cancel waited for is withdrawn", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.starts(pair.order());
    pair.world.reports_cancel(limit(100, 2));
    const Answer answer = pair.world.rejected(pair.order(), true);
    CHECK(kinds(answer) == Kinds{"AttemptRejected", "UnsentOrderWithdrawn", "IntentSuperseded"});
    CHECK(superseded(answer) == merged);
    CHECK(pair.row().status == OrdStatus::withdrawn);
}

TEST_CASE("changes that waited for an order that has ended are superseded", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.starts(pair.order());
    pair.world.reports_cancel(limit(100, 2));
    const Answer answer = pair.world.rejected(pair.order());
    CHECK(superseded(answer) == std::vector{SupersededBecause::order_done});
    CHECK(pair.row().changes.empty());
    CHECK(pair.row().status == OrdStatus::rejected);
}

TEST_CASE("a modify of what nobody copied is skipped", "[replication]") {
    Pair pair;
    CHECK(skips(pair.world.reports_modify(limit(80, 2))) == Reasons{SkipReason::no_mapped_order});
    CHECK(skips(pair.world.reports_cancel(limit(80, 3))) == Reasons{SkipReason::no_mapped_order});
    CHECK(skips(pair.world.reports_modify(limit(70, 4))) == Reasons{SkipReason::master_order_dead});
}

TEST_CASE("a follower linked after the order was made gets no order from its changes",
          "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    const AccountNumber late = pair.world.opens_follower("F-2");
    pair.world.links(pair.master, late);
    const Answer answer = pair.world.reports_modify(limit(80, 2));
    CHECK(skips(answer) == Reasons{SkipReason::no_mapped_order});
    CHECK(pair.world.copy(late) == nullptr);
}

TEST_CASE("a modify older than one already known is stale", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.reports_modify(limit(60, 5));
    CHECK(skips(pair.world.reports_modify(limit(80, 4))) == Reasons{SkipReason::stale_version});
    CHECK(pair.row().terms.quantity.value() == 60);
}

TEST_CASE("a modify that came before its NEW gives the terms of the copy", "[replication]") {
    Pair pair;
    pair.world.reports_modify(limit(60, 2));
    CHECK(skips(pair.world.reports_new(limit(100, 1))) == none);
    CHECK(pair.row().terms.quantity.value() == 60);
}

TEST_CASE("a modify that changes nothing for the follower is skipped", "[replication]") {
    Pair pair({.ratio = "0.1"});
    pair.world.reports_new(limit(100, 1));
    CHECK(skips(pair.world.reports_modify(limit(109, 2))) == Reasons{SkipReason::no_change});
    CHECK(skips(pair.world.reports_modify(limit(110, 3))) == none);
}

TEST_CASE("a modify is measured against the terms that are on their way", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.is_done(pair.order());
    pair.world.reports_modify(limit(80, 2));
    CHECK(skips(pair.world.reports_modify(limit(80, 3))) == Reasons{SkipReason::no_change});
    pair.world.starts(pair.world.first_change(pair.order()));
    // Back to what the broker still has: no change of that, but of what is under way.
    CHECK(only<FollowerModifyIntended>(pair.world.reports_modify(limit(100, 4))) != nullptr);
}

TEST_CASE("changes of an ended order are skipped", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.is_done(pair.order());
    pair.world.book_says(pair.order(), {.status = OrdStatus::filled, .filled = 100});
    CHECK(skips(pair.world.reports_modify(limit(80, 2))) == Reasons{SkipReason::order_done});
    CHECK(skips(pair.world.reports_cancel(limit(80, 3))) == Reasons{SkipReason::order_done});
}

TEST_CASE("nothing follows a cancel that is on its way or acknowledged", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.is_done(pair.order());
    pair.world.reports_cancel(limit(100, 2));
    CHECK(skips(pair.world.reports_cancel(limit(100, 3))) == Reasons{SkipReason::cancel_pending});
    pair.world.is_done(pair.world.first_change(pair.order()));
    CHECK(pair.row().cancel_acknowledged);
    CHECK(skips(pair.world.reports_cancel(limit(100, 4))) == Reasons{SkipReason::cancel_pending});
}

TEST_CASE("the copy of a dead master order is not modified even if its cancel failed",
          "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.is_done(pair.order());
    pair.world.reports_cancel(limit(100, 3));
    const Aim cancel = pair.world.first_change(pair.order());
    pair.world.starts(cancel);
    pair.world.rejected(cancel);
    CHECK(skips(pair.world.reports_modify(limit(80, 4))) == Reasons{SkipReason::master_order_dead});
    // A repeated cancel tries again.
    CHECK(only<FollowerCancelIntended>(pair.world.reports_cancel(limit(100, 5))) != nullptr);
}

TEST_CASE("a disabled follower's order is not modified, but it is cancelled", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.is_done(pair.order());
    pair.world.enables(pair.follower, false);
    CHECK(skips(pair.world.reports_modify(limit(80, 2))) == Reasons{SkipReason::account_disabled});
    CHECK(only<FollowerCancelIntended>(pair.world.reports_cancel(limit(80, 3))) != nullptr);
}

TEST_CASE("a modify to less than a lot cancels the copy, and no later one revives it",
          "[replication]") {
    Pair pair({.ratio = "0.1"});
    pair.world.reports_new(limit(100, 1));
    pair.world.is_done(pair.order());
    CHECK(only<FollowerCancelIntended>(pair.world.reports_modify(limit(9, 2))) != nullptr);
    CHECK(skips(pair.world.reports_modify(limit(100, 3))) == Reasons{SkipReason::cancel_pending});
}

TEST_CASE("a modify to no more than is filled already cancels the rest", "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.is_done(pair.order());
    pair.world.book_says(pair.order(), {.status = OrdStatus::partially_filled, .filled = 60});
    CHECK(only<FollowerCancelIntended>(pair.world.reports_modify(limit(60, 2))) != nullptr);
}

TEST_CASE("a NEW told again under another version modifies its copy, and makes no other",
          "[replication]") {
    Pair pair;
    pair.world.reports_new(limit(100, 1));
    pair.world.reports_new(limit(80, 2));
    CHECK(pair.world.state().follower_orders.size() == 1);
    CHECK(pair.row().terms.quantity.value() == 80);
    CHECK(skips(pair.world.reports_new(limit(90, 1))).empty());
}

}  // namespace ledger::replication::test::modify_cancel_test
