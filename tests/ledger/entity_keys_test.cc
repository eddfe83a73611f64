#include "ledger/log/entity_keys.h"

#include "tests/ledger/golden_events.h"

#include <vector>

#include <catch2/catch.hpp>

namespace ledger::log::entity_keys_test {
namespace {

using Keys = std::vector<EntityKey>;

constexpr AccountNumber master{1};
constexpr AccountNumber follower{12};

EventId id_of_byte(std::uint8_t value) {
    EventId id;
    id.bytes.fill(value);
    return id;
}

const EventId order = id_of_byte(0x44);
const EventId intent = id_of_byte(0x55);
const AttemptRef ref{.order = order, .intent = intent, .follower = follower, .attempt = 1};
const Keys order_and_follower{entity_of_order(order), entity_of(follower)};

Keys keys_of(Payload payload) {
    Event event;
    event.id = id_of_byte(0x11);
    event.payload = std::move(payload);
    const EntityKeys keys = entity_keys_of(event);
    return {keys.begin(), keys.end()};
}

TEST_CASE("an account's own events stand under it", "[ledger]") {
    const Keys expected{entity_of(follower)};
    CHECK(keys_of(AccountOpened{.account = follower, .identity = {}, .profile = {}}) == expected);
    CHECK(keys_of(AccountChanged{.account = follower, .profile = {}}) == expected);
    CHECK(keys_of(AccountClosed{.account = follower}) == expected);
}

TEST_CASE("what concerns one account stands under it, what concerns all under nothing",
          "[ledger]") {
    const std::vector<Payload> of_follower{
        RiskLimitsSet{follower, {}},     ConsentRecorded{follower, true, "1", {}, {}},
        FundsReported{follower, {}, {}}, TradingHalted{follower, "why"},
        TradingResumed{follower, "why"}, SubjectErased{follower, "why"}};
    for (const Payload& payload : of_follower) {
        INFO(kind_of(payload));
        CHECK(keys_of(payload) == Keys{entity_of(follower)});
    }
    for (const Payload& payload :
         std::vector<Payload>{RiskLimitsSet{}, TradingHalted{}, TradingResumed{}}) {
        INFO(kind_of(payload));
        CHECK(keys_of(payload).empty());
    }
}

TEST_CASE("an exit stands under the master order that it names and the master", "[ledger]") {
    CHECK(keys_of(ExitRequested{master, id_of_byte(0x66), ExitScope::position}) ==
          Keys{entity_of_order(id_of_byte(0x66)), entity_of(master)});
}

TEST_CASE("a link's events stand under both of its accounts", "[ledger]") {
    const Keys expected{entity_of(master), entity_of(follower)};
    CHECK(keys_of(LinkSet{.master = master, .follower = follower, .terms = {}}) == expected);
    CHECK(keys_of(LinkRemoved{.master = master, .follower = follower}) == expected);
}

TEST_CASE("all reports of a master order stand under it and its account", "[ledger]") {
    MasterOrderReported report;
    report.account = master;
    report.broker_order_id = "1100021045778";
    const EventId entity = master_order_entity(master, "1100021045778");
    const Keys expected{entity_of_order(entity), entity_of(master)};
    CHECK(keys_of(report) == expected);
    report.type = MasterEventType::canceled;
    report.channel = "import/lobster";
    CHECK(keys_of(report) == expected);
}

TEST_CASE("equal order ids of two accounts are two master orders", "[ledger]") {
    CHECK(master_order_entity(AccountNumber{1}, "77") !=
          master_order_entity(AccountNumber{2}, "77"));
    CHECK(master_order_entity(AccountNumber{1}, "77") !=
          master_order_entity(AccountNumber{1}, "78"));
}

// Stored in the index of every log: it must never come out differently.
TEST_CASE("a master order's entity is what it always was", "[ledger]") {
    CHECK(to_text(master_order_entity(AccountNumber{1}, "1100021045778")) ==
          "24882d04849e700b34adf0affb57a43f");
}

TEST_CASE("an intent to order stands under its own id and its follower", "[ledger]") {
    FollowerOrderIntended intended;
    intended.master_order = id_of_byte(0x66);
    intended.master = master;
    intended.follower = follower;
    CHECK(keys_of(intended) == Keys{entity_of_order(id_of_byte(0x11)), entity_of(follower)});
}

TEST_CASE("a skip, which made no order, stands under its follower", "[ledger]") {
    FollowerOrderSkipped skipped;
    skipped.master_order = id_of_byte(0x66);
    skipped.master = master;
    skipped.follower = follower;
    CHECK(keys_of(skipped) == Keys{entity_of(follower)});
}

TEST_CASE("what is decided for a follower order stands under it and its account", "[ledger]") {
    CHECK(keys_of(FollowerModifyIntended{order, follower, {}, {}}) == order_and_follower);
    CHECK(keys_of(FollowerCancelIntended{order, follower, {}}) == order_and_follower);
    CHECK(keys_of(UnsentOrderAmended{order, follower, {}, {}}) == order_and_follower);
    CHECK(keys_of(UnsentOrderWithdrawn{order, follower, {}}) == order_and_follower);
    CHECK(keys_of(IntentSuperseded{order, follower, intent, {}}) == order_and_follower);
    CHECK(keys_of(IntentExpired{order, follower, intent, 5}) == order_and_follower);
}

TEST_CASE("attempts and their outcomes stand under the order, not the intent", "[ledger]") {
    CHECK(keys_of(AttemptStarted{ref, IntentKind::modify}) == order_and_follower);
    CHECK(keys_of(AttemptAccepted{ref, "A1", false}) == order_and_follower);
    CHECK(keys_of(AttemptRejected{ref, "code", "text", false}) == order_and_follower);
    CHECK(keys_of(AttemptUnknown{ref, "timeout"}) == order_and_follower);
    CHECK(keys_of(AttemptNotPlaced{ref, 3, 5000}) == order_and_follower);
    CHECK(keys_of(IntentParked{ref, "why"}) == order_and_follower);
    CHECK(keys_of(IntentResolved{ref, "A1", "why"}) == order_and_follower);
}

TEST_CASE("a follower broker's report stands under the order and its account", "[ledger]") {
    FollowerOrderReported report;
    report.order = order;
    report.follower = follower;
    CHECK(keys_of(report) == order_and_follower);
}

TEST_CASE("an anomaly stands under what it names", "[ledger]") {
    AnomalyRecorded anomaly;
    CHECK(keys_of(anomaly).empty());
    anomaly.account = follower;
    CHECK(keys_of(anomaly) == Keys{entity_of(follower)});
    anomaly.order = order;
    CHECK(keys_of(anomaly) == order_and_follower);
}

TEST_CASE("an instrument, a conflict and the calendar stand under nothing", "[ledger]") {
    CHECK(keys_of(CalendarSet{}).empty());
    CHECK(keys_of(RequestAnswered{}).empty());
    CHECK(keys_of(CheckpointSigned{}) == Keys{checkpoints});
    CHECK(keys_of(RecordsArchived{}) == Keys{archivings});
    CHECK(keys_of(InstrumentDefined{}).empty());
    CHECK(keys_of(ConflictRecorded{}).empty());
}

}  // namespace
}  // namespace ledger::log::entity_keys_test
