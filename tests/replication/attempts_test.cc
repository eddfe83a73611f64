#include "tests/replication/given.h"

#include <catch2/catch.hpp>

namespace ledger::replication::test::attempts_test {

namespace {

constexpr std::int64_t price = 1'000'000;
const Policy policy{};

// The one copy of a master's order, recorded and not sent.
struct Sent : Pair {
    explicit Sent(const MasterSays& says = {.price = price}) { world.reports_new(says); }
};

}  // namespace

TEST_CASE("a market order as old as its max_age is sent, one older expires", "[replication]") {
    for (const std::int64_t beyond_ns : {-1, 0, 1}) {
        Sent sent{MasterSays{}};
        sent.world.passes(policy.max_age_market_ns + beyond_ns);
        const Answer answer = sent.world.starts(sent.order());
        CHECK(kinds(answer) == Kinds{beyond_ns > 0 ? "IntentExpired" : "AttemptStarted"});
        CHECK(sent.row().status == (beyond_ns > 0 ? OrdStatus::expired : OrdStatus::pending_new));
    }
}

TEST_CASE("a limit order may wait longer than a market order", "[replication]") {
    for (const std::int64_t beyond_ns : {-1, 0, 1}) {
        Sent sent;
        sent.world.passes(policy.max_age_other_ns + beyond_ns);
        const Answer answer = sent.world.starts(sent.order());
        CHECK(kinds(answer) == Kinds{beyond_ns > 0 ? "IntentExpired" : "AttemptStarted"});
    }
}

TEST_CASE("an expired order is not sent any more", "[replication]") {
    Sent sent;
    sent.world.passes(policy.max_age_other_ns + 1);
    const Answer answer = sent.world.starts(sent.order());
    CHECK(only<IntentExpired>(answer)->age_ms == 300'000);
    CHECK(sent.world.starts(sent.order()).refused == Errc::not_allowed);
    CHECK_FALSE(is_pending(sent.row()));
}

TEST_CASE("an old modify expires and leaves the order as it is; a cancel never does",
          "[replication]") {
    Sent sent;
    sent.world.is_done(sent.order());
    sent.world.reports_modify({.quantity = 50, .price = price, .version = 2});
    sent.world.passes(policy.max_age_other_ns + 1);
    CHECK(kinds(sent.world.starts(sent.world.first_change(sent.order()))) ==
          Kinds{"IntentExpired"});
    CHECK(sent.row().terms.quantity.value() == 100);
    CHECK(sent.row().status == OrdStatus::new_);
    CHECK(sent.row().changes.empty());

    sent.world.reports_cancel({.price = price, .version = 3});
    sent.world.passes(100 * policy.max_age_other_ns);
    CHECK(kinds(sent.world.starts(sent.world.first_change(sent.order()))) ==
          Kinds{"AttemptStarted"});
}

TEST_CASE("an order refused for now is tried again, and expires there if it is too old",
          "[replication]") {
    Sent sent;
    sent.world.starts(sent.order());
    CHECK(kinds(sent.world.rejected(sent.order(), true)) == Kinds{"AttemptRejected"});
    CHECK(sent.world.starts(sent.order()).recorded());
    CHECK(sent.row().attempts == 2);
    sent.world.passes(policy.max_age_other_ns + 1);
    CHECK(kinds(sent.world.rejected(sent.order(), true)) ==
          Kinds{"AttemptRejected", "IntentExpired"});
    CHECK(sent.row().status == OrdStatus::not_placed);
}

TEST_CASE("an unknown outcome stays unknown until something is known", "[replication]") {
    Sent sent;
    sent.world.starts(sent.order());
    CHECK(sent.world.unknown(sent.order()).recorded());
    CHECK(sent.world.unknown(sent.order()).duplicate);
    sent.world.passes(1'000 * policy.max_age_other_ns);
    CHECK(sent.world.starts(sent.order()).refused == Errc::not_allowed);
    CHECK(sent.row().status == OrdStatus::unknown);
    CHECK(is_pending(sent.row()));
    CHECK(sent.world.accepted(sent.order()).recorded());
    CHECK(sent.row().status == OrdStatus::new_);
}

TEST_CASE("an order is proved absent only after its outcome was unknown", "[replication]") {
    Sent sent;
    sent.world.starts(sent.order());
    CHECK(sent.world.not_placed(sent.order()).refused == Errc::not_allowed);
    sent.world.unknown(sent.order());
    CHECK(sent.world.not_placed(sent.order()).recorded());
    CHECK(sent.row().status == OrdStatus::intended);
}

TEST_CASE("an attempt has one outcome", "[replication]") {
    Sent sent;
    CHECK(sent.world.accepted(sent.order()).refused == Errc::not_allowed);
    sent.world.is_done(sent.order());
    CHECK(sent.world.accepted(sent.order()).refused == Errc::not_allowed);
    CHECK(sent.world.rejected(sent.order()).refused == Errc::not_allowed);
    CHECK(sent.world.unknown(sent.order()).refused == Errc::not_allowed);
    CHECK(sent.world.parked(sent.order()).refused == Errc::not_allowed);
}

TEST_CASE("an outcome of an earlier attempt is not one of the present", "[replication]") {
    Sent sent;
    sent.world.starts(sent.order());
    const AttemptRef first = sent.world.ref(sent.order());
    sent.world.rejected(sent.order(), true);
    sent.world.starts(sent.order());
    CHECK(sent.world.submit(RecordAccepted{first, "B-1", false}).refused == Errc::not_allowed);
    CHECK(sent.row().status == OrdStatus::pending_new);
}

TEST_CASE("attempts at what does not exist are not found", "[replication]") {
    Sent sent;
    const EventId nothing{};
    CHECK(sent.world.submit(StartAttempt{nothing, nothing}).refused == Errc::not_found);
    CHECK(sent.world.submit(StartAttempt{sent.order().order, nothing}).refused ==
          Errc::not_allowed);
    CHECK(sent.world.submit(ResolveIntent{nothing, "", "why"}).refused == Errc::not_found);
}

TEST_CASE("a parked order is not sent until a person says it is not placed", "[replication]") {
    Sent sent;
    sent.world.starts(sent.order());
    sent.world.unknown(sent.order());
    CHECK(sent.world.parked(sent.order()).recorded());
    CHECK(sent.world.parked(sent.order()).duplicate);
    CHECK(sent.world.starts(sent.order()).refused == Errc::not_allowed);
    CHECK(sent.world.resolved(sent.order(), "").recorded());
    CHECK(sent.row().status == OrdStatus::not_placed);
    CHECK_FALSE(is_pending(sent.row()));
    CHECK(sent.world.resolved(sent.order(), "").refused == Errc::not_allowed);
}

TEST_CASE("a parked order that a person found is at the broker", "[replication]") {
    Sent sent;
    sent.world.starts(sent.order());
    sent.world.parked(sent.order());
    CHECK(sent.row().status == OrdStatus::unknown);
    CHECK(sent.world.resolved(sent.order(), "B-7").recorded());
    CHECK(sent.row().status == OrdStatus::new_);
    CHECK(sent.row().broker_order_id == "B-7");
    CHECK_FALSE(is_pending(sent.row()));
}

TEST_CASE("proof of absence frees a parked order to be sent again", "[replication]") {
    Sent sent;
    sent.world.starts(sent.order());
    sent.world.unknown(sent.order());
    sent.world.parked(sent.order());
    sent.world.not_placed(sent.order());
    CHECK_FALSE(sent.row().parked);
    CHECK(sent.world.starts(sent.order()).recorded());
}

TEST_CASE("the book showing a parked order answers the question", "[replication]") {
    Sent sent;
    sent.world.starts(sent.order());
    sent.world.unknown(sent.order());
    sent.world.parked(sent.order());
    sent.world.book_says(sent.order(), {.status = OrdStatus::filled, .filled = 100});
    CHECK(sent.row().status == OrdStatus::filled);
    CHECK_FALSE(is_pending(sent.row()));
}

TEST_CASE("an order that the book has shown is not parked for want of an answer", "[replication]") {
    Sent sent;
    sent.world.starts(sent.order());
    sent.world.book_says(sent.order(), {.status = OrdStatus::new_});
    CHECK(sent.world.parked(sent.order()).refused == Errc::not_allowed);
}

TEST_CASE("a change may be parked and resolved either way", "[replication]") {
    for (const bool placed : {true, false}) {
        Sent sent;
        sent.world.is_done(sent.order());
        sent.world.reports_modify({.quantity = 50, .price = price, .version = 2});
        const Aim change = sent.world.first_change(sent.order());
        sent.world.starts(change);
        sent.world.unknown(change);
        sent.world.parked(change);
        CHECK(sent.world.resolved(change, placed ? "B-1" : "").recorded());
        CHECK(sent.row().terms.quantity.value() == (placed ? 50 : 100));
        CHECK_FALSE(is_pending(sent.row()));
    }
}

TEST_CASE("proof of absence frees a parked change to be sent again", "[replication]") {
    Sent sent;
    sent.world.is_done(sent.order());
    sent.world.reports_cancel({.price = price, .version = 2});
    const Aim change = sent.world.first_change(sent.order());
    sent.world.starts(change);
    sent.world.parked(change);
    CHECK(sent.world.starts(change).refused == Errc::not_allowed);
    sent.world.not_placed(change);
    CHECK(sent.world.starts(change).recorded());
}

TEST_CASE("an acceptance under another broker order id than the book's is an incident",
          "[replication]") {
    Sent sent;
    sent.world.starts(sent.order());
    sent.world.book_says(sent.order(), {.status = OrdStatus::new_, .id = "B-1"});
    CHECK(anomalies(sent.world.accepted(sent.order(), "B-2")) ==
          std::vector{AnomalyKind::duplicate_order});
    CHECK(sent.row().broker_order_id == "B-1");
}

}  // namespace ledger::replication::test::attempts_test
