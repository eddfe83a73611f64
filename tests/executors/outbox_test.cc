#include "executors/outbox.h"

#include "tests/executors/told_events.h"

#include <map>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace outbox_test {

using executors::CancelRequest;
using executors::Claim;
using executors::ModifyRequest;
using executors::Outbox;
using executors::PlaceRequest;
using executors::Send;
using ledger::AccountNumber;
using ledger::IntentKind;
using namespace told;

namespace {

constexpr AccountNumber alice{2};
constexpr AccountNumber bob{3};

struct Desk {
    Desk() { tell(master_reported("master")); }

    std::optional<Send> tell(const ledger::Event& event) { return outbox.apply(event, now_ns); }

    // The next intent to be claimed, of whatever account.
    std::optional<ledger::EventId> claims() {
        const auto account = outbox.take_ready(now_ns);
        if (!account) return std::nullopt;
        claim = outbox.claim(*account);
        return claim.intent;
    }

    // Claims and begins the next attempt, which must be this one.
    Send sends(const ledger::AttemptRef& ref, IntentKind kind = IntentKind::new_) {
        REQUIRE(claims() == ref.intent);
        const auto send = tell(started(ref, kind));
        REQUIRE(send);
        return *send;
    }

    ledger::SeededRandom random{1};
    Outbox outbox{{.first_ns_max = 100 * ms, .ns_max = second}, random};
    std::int64_t now_ns = 0;
    Claim claim;
};

}  // namespace

TEST_CASE("a request is made by the durable start of the attempt, not by the claim",
          "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    REQUIRE(desk.claims() == id_of("A"));
    CHECK_FALSE(desk.claims());
    const auto send = desk.tell(started(ref("A", "A", alice), IntentKind::new_));
    REQUIRE(send);
    const auto& place = std::get<PlaceRequest>(send->request);
    CHECK(place.cl_ord_id == ledger::cl_ord_id_of(id_of("A")));
    CHECK(place.instrument == instrument());
    CHECK(place.terms == terms(100));
}

TEST_CASE("an attempt that was not claimed here is not sent", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    CHECK_FALSE(desk.tell(started(ref("A", "A", alice), IntentKind::new_)));
}

TEST_CASE("terms amended between the claim and the start of the attempt are sent", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    REQUIRE(desk.claims() == id_of("A"));
    desk.tell(event("amended", ledger::UnsentOrderAmended{id_of("A"), alice, terms(70), {}}));
    const auto send = desk.tell(started(ref("A", "A", alice), IntentKind::new_));
    REQUIRE(send);
    CHECK(std::get<PlaceRequest>(send->request).terms == terms(70));
}

TEST_CASE("a withdrawn order leaves its lane", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    desk.tell(event("withdrawn", ledger::UnsentOrderWithdrawn{id_of("A"), alice}));
    CHECK_FALSE(desk.claims());
    CHECK(desk.outbox.queued() == 0);
    CHECK(desk.outbox.live_orders() == 0);
}

TEST_CASE("one account has one request at a time, others go side by side", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    desk.tell(intended("B", alice));
    desk.tell(intended("C", bob));
    CHECK(desk.claims() == id_of("A"));
    CHECK(desk.claims() == id_of("C"));
    CHECK_FALSE(desk.claims());
}

TEST_CASE("a change waits for the order's placing and bears the broker's id", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    desk.sends(ref("A", "A", alice));
    desk.tell(modify_intended("M", "A", alice, 7));
    CHECK_FALSE(desk.claims());
    desk.tell(accepted(ref("A", "A", alice), "77"));
    const Send send = desk.sends(ref("A", "M", alice), IntentKind::modify);
    CHECK(std::get<ModifyRequest>(send.request).broker_order_id == "77");
    CHECK(std::get<ModifyRequest>(send.request).terms == terms(100, 7));
}

TEST_CASE("a doubt holds its own order's items and lets the others pass", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    desk.sends(ref("A", "A", alice));
    desk.tell(cancel_intended("X", "A", alice));
    desk.tell(intended("B", alice));
    desk.tell(event("unknown", ledger::AttemptUnknown{ref("A", "A", alice), "timeout"}));
    REQUIRE(desk.outbox.doubt_of(ref("A", "A", alice)));
    CHECK(desk.claims() == id_of("B"));
    desk.tell(accepted(ref("A", "A", alice), "77"));
    CHECK_FALSE(desk.outbox.doubt_of(ref("A", "A", alice)));
    desk.outbox.claim_refused(desk.claim, 0);
    const Send send = desk.sends(ref("A", "X", alice), IntentKind::cancel);
    CHECK(std::get<CancelRequest>(send.request).broker_order_id == "77");
}

TEST_CASE("a change waits for the outcome of the placing even where the book shows the order",
          "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    desk.sends(ref("A", "A", alice));
    desk.tell(event("unknown", ledger::AttemptUnknown{ref("A", "A", alice), "timeout"}));
    desk.tell(cancel_intended("X", "A", alice));
    ledger::FollowerOrderReported report;
    report.order = id_of("A");
    report.broker_order_id = "77";
    desk.tell(event("report", report));
    CHECK_FALSE(desk.claims());
    desk.tell(accepted(ref("A", "A", alice), "77"));
    CHECK(desk.claims() == id_of("X"));
}

TEST_CASE("what is proved absent goes back to its old place", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    desk.tell(intended("B", alice));
    desk.tell(intended("C", alice));
    desk.sends(ref("A", "A", alice));
    desk.tell(event("unknown", ledger::AttemptUnknown{ref("A", "A", alice), "timeout"}));
    desk.sends(ref("B", "B", alice));
    desk.tell(event("absent", ledger::AttemptNotPlaced{ref("A", "A", alice), 3, 0}));
    desk.tell(accepted(ref("B", "B", alice), "78"));
    desk.sends(ref("A", "A", alice, 2));
}

TEST_CASE("after a refusal that may be repeated the whole lane waits its turn", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    desk.tell(intended("B", alice));
    desk.sends(ref("A", "A", alice));
    desk.tell(rejected(ref("A", "A", alice), true));
    CHECK_FALSE(desk.claims());
    REQUIRE(desk.outbox.next_ready_ns());
    desk.now_ns = *desk.outbox.next_ready_ns();
    CHECK(desk.now_ns <= 100 * ms);
    desk.sends(ref("A", "A", alice, 2));
}

TEST_CASE("an order that was refused for good is forgotten with its changes", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    desk.sends(ref("A", "A", alice));
    desk.tell(cancel_intended("X", "A", alice));
    desk.tell(rejected(ref("A", "A", alice), false));
    desk.tell(event("superseded", ledger::IntentSuperseded{id_of("A"), alice, id_of("X"),
                                                           ledger::SupersededBecause::order_done}));
    CHECK(desk.outbox.live_orders() == 0);
    CHECK(desk.outbox.queued() == 0);
    CHECK_FALSE(desk.outbox.next_ready_ns());
}

TEST_CASE("a refused claim is not repeated until something happens to the order", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    REQUIRE(desk.claims());
    desk.outbox.claim_refused(desk.claim, 0);
    CHECK_FALSE(desk.claims());
    desk.tell(event("amended", ledger::UnsentOrderAmended{id_of("A"), alice, terms(70), {}}));
    CHECK(desk.claims() == id_of("A"));
}

TEST_CASE("what replaced a refused intent does not wait", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    desk.sends(ref("A", "A", alice));
    desk.tell(accepted(ref("A", "A", alice), "77"));
    desk.tell(modify_intended("M", "A", alice, 7));
    REQUIRE(desk.claims() == id_of("M"));
    desk.tell(
        event("superseded", ledger::IntentSuperseded{id_of("A"), alice, id_of("M"),
                                                     ledger::SupersededBecause::later_change}));
    desk.tell(modify_intended("N", "A", alice, 8));
    desk.outbox.claim_refused(desk.claim, 0);
    CHECK(desk.claims() == id_of("N"));
}

TEST_CASE("a doubt is that of the latest attempt alone", "[executors]") {
    Desk desk;
    desk.tell(intended("A", alice));
    desk.sends(ref("A", "A", alice));
    desk.tell(event("absent", ledger::AttemptNotPlaced{ref("A", "A", alice), 3, 0}));
    desk.sends(ref("A", "A", alice, 2));
    CHECK_FALSE(desk.outbox.doubt_of(ref("A", "A", alice, 1)));
    CHECK(desk.outbox.doubt_of(ref("A", "A", alice, 2)));
}

TEST_CASE("every account's orders are sent in the order of their recording", "[executors]") {
    rc::prop("whichever are refused for now and however they interleave", [] {
        Desk desk;
        std::map<AccountNumber, std::vector<ledger::EventId>> wanted;
        std::map<AccountNumber, std::vector<ledger::EventId>> placed;
        const auto owners = *rc::gen::container<std::vector<std::uint32_t>>(
            30, rc::gen::inRange<std::uint32_t>(2, 6));
        for (std::size_t n = 0; n < owners.size(); ++n) {
            const std::string name = "order-" + std::to_string(n);
            desk.tell(intended(name, AccountNumber{owners[n]}));
            wanted[AccountNumber{owners[n]}].push_back(id_of(name));
        }
        // The refusals run out, so that it ends.
        auto refusals = *rc::gen::container<std::vector<bool>>(20, rc::gen::arbitrary<bool>());
        std::map<ledger::EventId, std::uint32_t> attempts;
        while (const auto at_ns = desk.outbox.next_ready_ns()) {
            desk.now_ns = std::max(desk.now_ns, *at_ns);
            RC_ASSERT(desk.claims());
            const Claim claim = desk.claim;
            const ledger::AttemptRef attempt{claim.order, claim.intent, claim.account,
                                             ++attempts[claim.order]};
            RC_ASSERT(desk.tell(started(attempt, IntentKind::new_)).has_value());
            const bool refused = !refusals.empty() && refusals.back();
            if (!refusals.empty()) refusals.pop_back();
            if (refused) {
                desk.tell(rejected(attempt, true));
                continue;
            }
            desk.tell(accepted(attempt, "1"));
            placed[claim.account].push_back(claim.order);
        }
        RC_ASSERT(placed == wanted);
        RC_ASSERT(desk.outbox.queued() == 0U);
    });
}

}  // namespace outbox_test
