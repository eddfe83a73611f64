// A link that begins, pauses, resumes or ends: what becomes of working orders and open positions.
#include "ledger/replication/order_status.h"
#include "tests/replication/desk.h"

#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test::join_leave_test {

namespace {

using Quantities = std::vector<std::int64_t>;
constexpr AccountNumber master{1};

// A follower with 100 of one order, and another order working with 30 of 50 filled.
struct Linked : Desk {
    AccountNumber follower;
    Aim working;

    explicit Linked(LeavePolicy policy) {
        follower = joins({.on_leave = policy});
        buys("filled", 100);
        everything_fills();
        places("working", {.side = Side::buy, .quantity = 50, .price = rupee});
        working = placing(follower, "working");
        fills(working, 30);
    }

    Answer pauses() {
        return submit(SetLink{.master = master, .follower = follower, .active = false});
    }

    Answer resumes_link() {
        return submit(SetLink{.master = master, .follower = follower, .active = true});
    }

    Answer ends() { return submit(RemoveLink{master, follower}); }
};

}  // namespace

TEST_CASE("leave: pausing or removing a link touches nothing that is open", "[replication]") {
    for (const bool removed : {false, true}) {
        Linked desk{LeavePolicy::leave};
        const Answer answer = removed ? desk.ends() : desk.pauses();
        CHECK(answer.events.size() == 1);
        desk.everything_fills();
        CHECK(desk.held(desk.follower) == 150);
    }
}

TEST_CASE("cancel_working: what works is cancelled, what filled is kept", "[replication]") {
    for (const bool removed : {false, true}) {
        Linked desk{LeavePolicy::cancel_working};
        const Answer answer = removed ? desk.ends() : desk.pauses();
        CHECK(only<FollowerCancelIntended>(answer)->order == desk.working.order);
        CHECK(intended(answer, desk.follower).empty());
        desk.everything_fills();
        CHECK(desk.held(desk.follower) == 130);
    }
}

TEST_CASE("close_positions: what works is cancelled, and then all that is held is closed",
          "[replication]") {
    for (const bool removed : {false, true}) {
        Linked desk{LeavePolicy::close_positions};
        const Answer answer = removed ? desk.ends() : desk.pauses();
        CHECK(only<FollowerCancelIntended>(answer) != nullptr);
        desk.everything_fills();
        CHECK(desk.held(desk.follower) == 0);
        const Aim last = desk.orders(desk.follower).back();
        CHECK(desk.row(last).purpose == OrderPurpose::leave);
        CHECK(desk.row(last).terms.quantity.value() == 130);
    }
}

TEST_CASE("close_positions with nothing working closes at once", "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins({.on_leave = LeavePolicy::close_positions});
    desk.buys("filled", 100);
    desk.everything_fills();
    const Answer answer = desk.submit(RemoveLink{master, follower});
    CHECK(intended(answer, follower) == Quantities{100});
    CHECK(only<FollowerOrderIntended>(answer)->purpose == OrderPurpose::leave);
}

TEST_CASE("a paused link copies nothing, and the reductions of what it left are its own affair",
          "[replication]") {
    Linked desk{LeavePolicy::leave};
    desk.pauses();
    CHECK(desk.sells("out", 100).events.size() == 2);
    CHECK(desk.held(desk.follower) == 130);
}

TEST_CASE("what ends later is closed, too, where the policy closes positions", "[replication]") {
    Linked desk{LeavePolicy::close_positions};
    desk.pauses();
    desk.fills(desk.working, 50);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 0);
}

TEST_CASE("a late fill of an exited order is closed once, where leaving would close it as well",
          "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins({.on_leave = LeavePolicy::close_positions});
    desk.places("O", {.side = Side::buy, .quantity = 50, .price = rupee});
    const Aim copy = desk.placing(follower, "O");
    desk.fills(copy, 0);
    desk.exits("O");
    desk.submit(SetLink{.master = master, .follower = follower, .active = false});
    const Answer late = desk.book_says(
        copy, {.status = OrdStatus::canceled, .filled = 28, .id = desk.row(copy).broker_order_id});
    CHECK(intended(late, follower) == Quantities{28});
    desk.everything_fills();
    CHECK(desk.held(follower) == 0);
}

TEST_CASE("a pause takes back no order that closes", "[replication]") {
    Linked desk{LeavePolicy::cancel_working};
    desk.exits("filled", ExitScope::order);
    const Aim exit = desk.orders(desk.follower).back();
    REQUIRE(desk.row(exit).purpose == OrderPurpose::exit);
    const Answer answer = desk.pauses();
    CHECK(only<FollowerCancelIntended>(answer)->order == desk.working.order);
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 30);
}

TEST_CASE("what is copied by joining is not copied again when the order's own news comes late",
          "[replication]") {
    Desk desk;
    const Trade trade{.side = Side::sell, .quantity = 100, .price = 0};
    desk.fills("early fill", trade, 100);
    const AccountNumber follower = desk.joins({.on_join = JoinPolicy::open_positions});
    const Answer late = desk.places("early fill", trade);
    CHECK(intended(late, follower).empty());
    CHECK(skipped(late, follower)->reason == SkipReason::joined_after);
    desk.everything_fills();
    CHECK(desk.held(follower) == -100);
}

TEST_CASE("new_only: a follower who joins takes up nothing of what is open", "[replication]") {
    Desk desk;
    desk.buys("before", 100);
    const AccountNumber follower = desk.joins();
    CHECK(desk.orders(follower).empty());
    CHECK(intended(desk.buys("after", 10), follower) == Quantities{10});
}

TEST_CASE("open_positions: a follower who joins takes up its share of what is open",
          "[replication]") {
    Desk desk;
    desk.buys("before", 60);
    desk.buys("also", 40);
    const AccountNumber follower =
        desk.joins({.ratio = ratio_of("0.5"), .on_join = JoinPolicy::open_positions});
    REQUIRE(desk.orders(follower).size() == 1);
    const FollowerOrder& join = desk.row(desk.orders(follower).front());
    CHECK(join.purpose == OrderPurpose::join);
    CHECK(join.terms.quantity.value() == 50);
    CHECK(join.terms.type == OrderType::market);
    desk.everything_fills();
    desk.sells("half", 50);
    desk.everything_fills();
    CHECK(desk.held(follower) == 25);
    desk.sells("rest", 50);
    desk.everything_fills();
    CHECK(desk.held(follower) == 0);
}

TEST_CASE("a short position is joined by selling", "[replication]") {
    Desk desk;
    desk.sells("short", 40);
    const AccountNumber follower = desk.joins({.on_join = JoinPolicy::open_positions});
    desk.everything_fills();
    CHECK(desk.held(follower) == -40);
}

TEST_CASE("joining is limited as any opening is, and told where it is refused", "[replication]") {
    Desk desk;
    desk.buys("before", 100);
    desk.halts(AccountNumber{0});
    const AccountNumber follower = desk.opens_follower("F");
    const Answer answer = desk.submit(
        SetLink{.master = master, .follower = follower, .on_join = JoinPolicy::open_positions});
    CHECK(skips(answer) == Reasons{SkipReason::kill_switch});
    CHECK(desk.orders(follower).empty());
}

TEST_CASE("joining by an order of which the follower has had a copy is limited, too",
          "[replication]") {
    Desk desk;
    const AccountNumber follower = desk.joins({.on_leave = LeavePolicy::close_positions});
    desk.buys("O", 100);
    desk.everything_fills();
    desk.submit(SetLink{.master = master, .follower = follower, .active = false});
    desk.everything_fills();
    desk.limits(follower, {.max_open_orders = 0});
    const Answer answer = desk.submit(SetLink{.master = master,
                                              .follower = follower,
                                              .active = true,
                                              .on_join = JoinPolicy::open_positions});
    CHECK(skips(answer) == Reasons{SkipReason::max_open_orders});
    CHECK(intended(answer, follower).empty());
}

TEST_CASE("a link that resumes takes up only what it did not keep", "[replication]") {
    Linked desk{LeavePolicy::cancel_working};
    desk.submit(SetLink{
        .master = master, .follower = desk.follower, .on_join = JoinPolicy::open_positions});
    desk.pauses();
    desk.everything_fills();
    desk.buys("missed", 70);
    // He has 170, the follower kept 130.
    CHECK(intended(desk.resumes_link(), desk.follower) == Quantities{40});
    desk.everything_fills();
    CHECK(desk.held(desk.follower) == 170);
}

TEST_CASE("changing an active link's terms neither joins nor leaves", "[replication]") {
    Linked desk{LeavePolicy::close_positions};
    const Answer answer = desk.submit(SetLink{.master = master,
                                              .follower = desk.follower,
                                              .ratio = ratio_of("2"),
                                              .on_join = JoinPolicy::open_positions});
    CHECK(answer.events.size() == 1);
}

}  // namespace ledger::replication::test::join_leave_test
