#include "tests/replication/given.h"

#include <catch2/catch.hpp>

namespace ledger::replication::test::reports_test {

namespace {

constexpr std::int64_t price = 1'000'000;

// The one copy of a master's order for 100, at the broker as B-1.
struct Placed : Pair {
    Placed() {
        world.reports_new({.price = price, .version = 1});
        world.is_done(order());
    }

    Answer says(const BookSays& row) { return world.book_says(order(), row); }
};

const std::vector<AnomalyKind> illegal{AnomalyKind::illegal_transition};

}  // namespace

TEST_CASE("fills of a follower order add up to its CumQty and value", "[replication]") {
    Placed placed;
    const Answer first = placed.says(
        {.status = OrdStatus::partially_filled, .filled = 40, .average = 1'000, .at = 1});
    CHECK(only<FollowerOrderReported>(first)->last_qty.value() == 40);
    CHECK(only<FollowerOrderReported>(first)->last_value.value() == 40'000);
    const Answer second =
        placed.says({.status = OrdStatus::filled, .filled = 100, .average = 1'060, .at = 2});
    CHECK(only<FollowerOrderReported>(second)->last_qty.value() == 60);
    CHECK(only<FollowerOrderReported>(second)->last_value.value() == 66'000);
    CHECK(placed.row().cum_value.value() == 106'000);
    CHECK(placed.row().status == OrdStatus::filled);
}

TEST_CASE("a fill without an average price is valued at the order's price", "[replication]") {
    Placed placed;
    const Answer answer = placed.says({.status = OrdStatus::partially_filled, .filled = 40});
    CHECK(only<FollowerOrderReported>(answer)->last_value.value() == 40 * price);
}

TEST_CASE("the status follows the quantities where the broker's word lags", "[replication]") {
    Placed placed;
    placed.says({.status = OrdStatus::new_, .filled = 40});
    CHECK(placed.row().status == OrdStatus::partially_filled);
    placed.says({.status = OrdStatus::partially_filled, .filled = 100});
    CHECK(placed.row().status == OrdStatus::filled);
}

TEST_CASE("a repeated row records nothing", "[replication]") {
    Placed placed;
    const BookSays row{.status = OrdStatus::partially_filled, .filled = 40, .at = 5};
    CHECK(placed.says(row).recorded());
    CHECK(placed.says(row).duplicate);
    CHECK(placed.says({.status = OrdStatus::partially_filled, .filled = 40, .at = 6}).duplicate);
    CHECK(placed.row().cum_qty.value() == 40);
}

TEST_CASE("a row that comes late records nothing", "[replication]") {
    Placed placed;
    placed.says({.status = OrdStatus::filled, .filled = 100, .at = 9});
    CHECK(placed.says({.status = OrdStatus::new_, .at = 2}).duplicate);
    CHECK(placed.says({.status = OrdStatus::partially_filled, .filled = 40, .at = 5}).duplicate);
    CHECK(placed.row().status == OrdStatus::filled);
}

TEST_CASE("a late row is known by its smaller CumQty where the broker sends no times",
          "[replication]") {
    Placed placed;
    placed.says({.status = OrdStatus::filled, .filled = 100});
    CHECK(placed.says({.status = OrdStatus::partially_filled, .filled = 40}).duplicate);
    CHECK(placed.says({.status = OrdStatus::new_}).duplicate);
}

TEST_CASE("a fill after cancel moves CumQty and leaves the order cancelled", "[replication]") {
    for (const OrdStatus word : {OrdStatus::canceled, OrdStatus::partially_filled}) {
        Placed placed;
        placed.says({.status = OrdStatus::canceled, .at = 5});
        const Answer answer = placed.says({.status = word, .filled = 30, .average = 10, .at = 4});
        REQUIRE(only<FollowerOrderReported>(answer) != nullptr);
        CHECK(only<FollowerOrderReported>(answer)->last_qty.value() == 30);
        CHECK(placed.row().status == OrdStatus::canceled);
        CHECK(placed.row().cum_qty.value() == 30);
    }
}

TEST_CASE("a fill after cancel that completes the order makes it filled", "[replication]") {
    Placed placed;
    placed.says({.status = OrdStatus::canceled, .filled = 30, .at = 5});
    placed.says({.status = OrdStatus::canceled, .filled = 100, .at = 6});
    CHECK(placed.row().status == OrdStatus::filled);
    CHECK(placed.row().cum_qty.value() == 100);
}

TEST_CASE("an order that has ended supersedes the changes that wait for it", "[replication]") {
    Placed placed;
    placed.world.reports_cancel({.price = price, .version = 2});
    const Answer answer = placed.says({.status = OrdStatus::filled, .filled = 100});
    CHECK(kinds(answer) == Kinds{"FollowerOrderReported", "IntentSuperseded"});
    CHECK(superseded(answer) == std::vector{SupersededBecause::order_done});
}

TEST_CASE("a cancel under way of an order that was filled keeps its outcome", "[replication]") {
    Placed placed;
    placed.world.reports_cancel({.price = price, .version = 2});
    const Aim cancel = placed.world.first_change(placed.order());
    placed.world.starts(cancel);
    CHECK(superseded(placed.says({.status = OrdStatus::filled, .filled = 100})).empty());
    CHECK(superseded(placed.world.rejected(cancel, true)) ==
          std::vector{SupersededBecause::order_done});
    CHECK_FALSE(is_pending(placed.row()));
}

TEST_CASE("the book may be quicker than the answer", "[replication]") {
    Pair pair;
    pair.world.reports_new();
    pair.world.starts(pair.order());
    pair.world.book_says(pair.order(), {.status = OrdStatus::partially_filled, .filled = 10});
    CHECK(pair.row().status == OrdStatus::partially_filled);
    CHECK(pair.world.accepted(pair.order()).recorded());
    CHECK(pair.row().status == OrdStatus::partially_filled);
    CHECK_FALSE(is_pending(pair.row()));
}

TEST_CASE("a refusal does not undo what the book has shown", "[replication]") {
    Pair pair;
    pair.world.reports_new();
    pair.world.starts(pair.order());
    pair.world.book_says(pair.order(), {.status = OrdStatus::new_});
    pair.world.rejected(pair.order());
    CHECK(pair.row().status == OrdStatus::new_);
}

TEST_CASE("pending at the broker is at the broker", "[replication]") {
    Pair pair;
    pair.world.reports_new();
    pair.world.starts(pair.order());
    pair.world.unknown(pair.order());
    pair.world.book_says(pair.order(), {.status = OrdStatus::pending_new});
    CHECK(pair.row().status == OrdStatus::new_);

    Placed placed;
    placed.says({.status = OrdStatus::new_, .at = 1});
    CHECK(placed.says({.status = OrdStatus::pending_new, .at = 2}).duplicate);
}

TEST_CASE("an order taken for absent that the book shows is not sent again", "[replication]") {
    Pair pair;
    pair.world.reports_new();
    pair.world.starts(pair.order());
    pair.world.unknown(pair.order());
    pair.world.not_placed(pair.order());
    CHECK(pair.world.book_says(pair.order(), {.status = OrdStatus::new_}).recorded());
    CHECK(pair.row().status == OrdStatus::new_);
    CHECK(pair.world.starts(pair.order()).refused == Errc::not_allowed);
}

TEST_CASE("a row of an order that was never sent is an anomaly", "[replication]") {
    for (const OrdStatus word : {OrdStatus::new_, OrdStatus::filled, OrdStatus::unknown}) {
        Pair pair;
        pair.world.reports_new();
        CHECK(anomalies(pair.world.book_says(pair.order(), {.status = word, .filled = 100})) ==
              illegal);
        CHECK(pair.row().status == OrdStatus::intended);
    }
}

TEST_CASE("a row that contradicts a refusal is an anomaly, recorded once", "[replication]") {
    Pair pair;
    pair.world.reports_new();
    pair.world.starts(pair.order());
    pair.world.rejected(pair.order());
    CHECK(pair.world.book_says(pair.order(), {.status = OrdStatus::rejected}).duplicate);
    const BookSays row{.status = OrdStatus::partially_filled, .filled = 10, .at = 3};
    CHECK(anomalies(pair.world.book_says(pair.order(), row)) == illegal);
    CHECK(pair.world.book_says(pair.order(), row).duplicate);
    CHECK(pair.row().status == OrdStatus::rejected);
}

TEST_CASE("a second broker order under one ClOrdID is an incident, recorded once",
          "[replication]") {
    Placed placed;
    const BookSays other{.status = OrdStatus::new_, .id = "B-2"};
    CHECK(anomalies(placed.says(other)) == std::vector{AnomalyKind::duplicate_order});
    CHECK(placed.says(other).duplicate);
    CHECK(placed.row().broker_order_id == "B-1");
}

TEST_CASE("a word that is not understood tells its fills and no status", "[replication]") {
    Placed placed;
    CHECK(placed.says({.status = OrdStatus::unknown}).duplicate);
    CHECK(placed.says({.status = OrdStatus::unknown, .filled = 10}).recorded());
    CHECK(placed.row().status == OrdStatus::new_);
    CHECK(placed.row().cum_qty.value() == 10);
}

TEST_CASE("what only the ledger may say is refused of a broker", "[replication]") {
    Placed placed;
    for (const OrdStatus word :
         {OrdStatus::intended, OrdStatus::not_placed, OrdStatus::withdrawn}) {
        CHECK(placed.says({.status = word}).refused == Errc::invalid_input);
    }
}

TEST_CASE("rows of unknown orders are refused, anomalies of them recorded", "[replication]") {
    Pair pair;
    FollowerOrderReported report;
    CHECK(pair.world.submit(ReportFollowerOrder{report}).refused == Errc::not_found);
    const AnomalyRecorded found{.kind = AnomalyKind::foreign_order,
                                .account = pair.follower,
                                .order = {},
                                .broker_order_id = "B-9",
                                .text = "a reference of ours"};
    CHECK(pair.world.submit(RecordAnomaly{found}).recorded());
    CHECK(pair.world.submit(RecordAnomaly{found}).duplicate);
}

}  // namespace ledger::replication::test::reports_test
