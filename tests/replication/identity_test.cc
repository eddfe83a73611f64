#include "tests/replication/given.h"

#include <set>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::replication::test::identity_test {

namespace {

constexpr std::int64_t price_a = 1'000'000;
constexpr std::int64_t price_b = 1'010'000;

std::uint64_t version_of(const Answer& answer) {
    const auto* report = only<MasterOrderReported>(answer);
    REQUIRE(report != nullptr);
    return report->version.value;
}

}  // namespace

TEST_CASE("the same event again is a duplicate, whatever its source numbers", "[replication]") {
    for (const std::uint64_t version : {0U, 7U}) {
        Pair pair;
        const MasterSays says{.price = price_a, .version = version};
        CHECK(pair.world.reports_new(says).recorded());
        CHECK(pair.world.reports_new(says).duplicate);
        CHECK(pair.world.reports_cancel(says).recorded());
        CHECK(pair.world.reports_cancel(says).duplicate);
        CHECK(pair.world.state().follower_orders.size() == 1);
    }
}

TEST_CASE("a NEW with the same order id and other content is a conflict, recorded once",
          "[replication]") {
    Pair pair;
    pair.world.reports_new({.quantity = 100});
    Command command;
    command.request_digest = 11;
    command.payload =
        ReportMasterOrder{report_of(pair.master, MasterEventType::new_, {.quantity = 200})};
    const Answer first = pair.world.submit(command);
    CHECK(first.refused == Errc::conflict);
    REQUIRE(only<ConflictRecorded>(first) != nullptr);
    CHECK(only<ConflictRecorded>(first)->content_digest == 11);
    const Answer again = pair.world.submit(command);
    CHECK(again.refused == Errc::conflict);
    CHECK_FALSE(again.recorded());
    command.request_digest = 12;
    CHECK(pair.world.submit(command).recorded());
    CHECK(pair.row().terms.quantity.value() == 100);
}

TEST_CASE("one version with two contents is a conflict", "[replication]") {
    Pair pair;
    pair.world.reports_new({.price = price_a, .version = 1});
    pair.world.reports_modify({.price = price_b, .version = 2});
    CHECK(pair.world.reports_modify({.price = price_a, .version = 2}).refused == Errc::conflict);
    CHECK(pair.row().terms.price.value() == price_b);
}

TEST_CASE("the channels of one broker tell the same fact", "[replication]") {
    Pair pair;
    MasterOrderReported report = report_of(pair.master, MasterEventType::new_, {.version = 3});
    CHECK(pair.world.submit(ReportMasterOrder{report}).recorded());
    report.channel = "poll/blaze";
    report.status = "OPEN";
    CHECK(pair.world.submit(ReportMasterOrder{report}).duplicate);
    report.channel = "webhook/blaze";
    CHECK(pair.world.submit(ReportMasterOrder{report}).refused == Errc::conflict);
}

TEST_CASE("two accounts may use one broker order id", "[replication]") {
    World world;
    const AccountNumber first = world.opens_master("MASTER-1");
    const AccountNumber second = world.opens_master("MASTER-2");
    for (const AccountNumber account : {first, second}) {
        CHECK(world.submit(ReportMasterOrder{report_of(account, MasterEventType::new_, {})})
                  .recorded());
    }
    CHECK(world.state().master_orders.size() == 2);
}

TEST_CASE("without versions price A to B to A is three versions, and each repeats as one",
          "[replication]") {
    Pair pair;
    pair.world.reports_new({.price = price_a});
    for (const std::int64_t price : {price_b, price_a, price_b}) {
        CHECK(pair.world.reports_modify({.price = price}).recorded());
        CHECK(pair.world.reports_modify({.price = price}).duplicate);
        CHECK(pair.row().terms.price.value() == price);
    }
    CHECK(version_of(pair.world.reports_modify({.price = price_a})) == 4);
}

TEST_CASE("with versions price A to B to A is three versions, in whatever order they come",
          "[replication]") {
    Pair pair;
    pair.world.reports_new({.price = price_a, .version = 1});
    pair.world.reports_modify({.price = price_a, .version = 3});
    CHECK(skips(pair.world.reports_modify({.price = price_b, .version = 2})) ==
          Reasons{SkipReason::stale_version});
    CHECK(pair.world.reports_modify({.price = price_a, .version = 3}).duplicate);
    CHECK(pair.row().terms.price.value() == price_a);
}

TEST_CASE("without versions a first modify to the NEW's own terms changes nothing",
          "[replication]") {
    Pair pair;
    pair.world.reports_new({.price = price_a});
    CHECK(skips(pair.world.reports_modify({.price = price_a})) == Reasons{SkipReason::no_change});
    CHECK(pair.world.reports_modify({.price = price_a}).duplicate);
}

TEST_CASE("without versions fills are told apart by what is filled", "[replication]") {
    Pair pair;
    pair.world.reports_new();
    CHECK(pair.world.reports_fill({.filled = 40}).recorded());
    CHECK(pair.world.reports_fill({.filled = 40}).duplicate);
    CHECK(pair.world.reports_fill({.filled = 60}).recorded());
    CHECK(pair.world.state().master_orders[0].cum_qty.value() == 60);
}

TEST_CASE("a fill that comes late adds nothing", "[replication]") {
    Pair pair;
    pair.world.reports_new({.version = 1});
    pair.world.reports_fill({.version = 3, .filled = 60, .average = 10});
    const Answer late = pair.world.reports_fill({.version = 2, .filled = 40, .average = 10});
    REQUIRE(only<MasterOrderReported>(late) != nullptr);
    CHECK(only<MasterOrderReported>(late)->last_qty.value() == 0);
    CHECK(pair.world.state().master_orders[0].cum_qty.value() == 60);
    CHECK(pair.world.state().master_orders[0].cum_value.value() == 600);
}

TEST_CASE("an id under which another key stands is a collision, not a duplicate", "[replication]") {
    Pair pair;
    const Answer answer = pair.world.reports_new({.order = "A", .version = 1});
    Command other;
    other.payload = ReportMasterOrder{
        report_of(pair.master, MasterEventType::new_, {.order = "B", .version = 1})};
    CHECK(compare(answer.events[0], other) == Repetition::collision);
    CHECK(compare(pair.world.log()[0], other) == Repetition::collision);
}

TEST_CASE("ids of different facts differ, and an intent's ClOrdID with them", "[replication]") {
    rc::prop("ids are injective over orders, versions, followers, kinds, slices and attempts", [] {
        std::set<EventId> ids;
        std::set<ClOrdId> handles;
        std::size_t made = 0;
        const auto order = *rc::gen::container<std::string>(rc::gen::inRange('0', '9'));
        for (const std::string& broker_order : {order, order + "1", "1" + order}) {
            const EventId event = master_order_id("blaze", "MASTER", broker_order);
            for (std::uint32_t follower = 0; follower < 4; ++follower) {
                for (const auto kind : {IntentKind::new_, IntentKind::modify, IntentKind::cancel}) {
                    for (std::uint32_t part = 0; part < 3; ++part) {
                        const EventId intent =
                            intent_id(event, AccountNumber{follower}, kind, part);
                        ids.insert(intent);
                        ids.insert(attempt_id(intent, part));
                        handles.insert(cl_ord_id_of(intent));
                        ++made;
                    }
                }
            }
        }
        // Where the digits are all ones, the two longer order ids are one.
        const bool same = order + "1" == "1" + order;
        made = same ? made / 3 * 2 : made;
        RC_ASSERT(ids.size() == 2 * made);
        RC_ASSERT(handles.size() == made);
    });
}

}  // namespace ledger::replication::test::identity_test
