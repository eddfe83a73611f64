#include "projections/completeness.h"

#include "tests/projections/one_order_day.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace completeness_test {

using namespace projections;
using namespace projections::test;
using namespace ledger;
using ledger::test::any_steps;

namespace {

Completeness folded_outcomes(const std::vector<Event>& events, CompletenessRange range = {}) {
    Completeness fold{range};
    for (const Event& event : events) fold.apply(event);
    return fold;
}

std::uint64_t sum(const CompletenessCounts& counts) {
    return counts.orders + counts.pending + counts.needs_review + counts.skipped + counts.findings;
}

// The first skip that follows from a master's event and is all that follows for that follower.
std::vector<Event>::iterator some_outcome(std::vector<Event>& events) {
    return std::ranges::find_if(events, [&](const Event& event) {
        const auto* skip = std::get_if<FollowerOrderSkipped>(&event.payload);
        const auto cause = std::ranges::find(events, event.causation, &Event::id);
        // Of a new order: a change is also told to those who copy no more.
        return skip != nullptr && skip->action == IntentKind::new_ && cause != events.end() &&
               std::holds_alternative<MasterOrderReported>(cause->payload);
    });
}

}  // namespace

TEST_CASE("every master event has one outcome for each follower that copies", "[projections]") {
    rc::prop("and their counts add up", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = live.events();
        const Completeness fold = folded_outcomes(events);
        const auto counts = fold.counts();
        RC_ASSERT(fold.findings().empty());
        RC_ASSERT(counts.findings == 0U);
        RC_ASSERT(sum(counts) == counts.expected);
        const auto by_reason =
            std::accumulate(counts.skips.begin(), counts.skips.end(), std::uint64_t{0});
        RC_ASSERT(by_reason == counts.skipped);
        const auto reports = std::ranges::count_if(events, [](const Event& event) {
            return std::holds_alternative<MasterOrderReported>(event.payload);
        });
        RC_ASSERT(counts.master_events + counts.fills == static_cast<std::uint64_t>(reports));
    });
}

TEST_CASE("as of any sequence what waits is what the ledger waits for", "[projections]") {
    rc::prop("pending and parked", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = live.events();
        const std::uint64_t last = any_below(events.size() + 1);
        const std::vector<Event> known{events.begin(),
                                       events.begin() + static_cast<std::ptrdiff_t>(last)};
        const auto counts = folded_outcomes(known).counts();
        const LedgerView view = folded(events, last);
        const auto& orders = view.state().follower_orders;
        const bool waits = std::any_of(orders.begin(), orders.end(), [](const auto& order) {
            return replication::is_pending(order);
        });
        if (!waits) RC_ASSERT(counts.pending + counts.needs_review == 0U);
    });
}

TEST_CASE("an outcome that is taken out is missed, and one put in twice is found",
          "[projections]") {
    int tried = 0;
    rc::prop("by the follower and the master's event", [&] {
        const LiveLedger& live = lived(*any_steps(2));
        auto events = live.events();
        const auto chosen = some_outcome(events);
        if (chosen == events.end()) return;
        ++tried;
        const Event skip = *chosen;
        const auto follower = std::get<FollowerOrderSkipped>(skip.payload).follower;
        const auto check = [&](const std::vector<Event>& changed, std::uint32_t outcomes) {
            const auto found = folded_outcomes(changed).findings();
            RC_ASSERT(found.size() == 1U);
            RC_ASSERT(found.front().master_event == skip.causation);
            RC_ASSERT(found.front().follower == follower);
            RC_ASSERT(found.front().outcomes == outcomes);
        };
        auto doubled = events;
        doubled.insert(doubled.begin() + (chosen - events.begin()), skip);
        check(doubled, 2);
        events.erase(chosen);
        check(events, 0);
    });
    CHECK(tried > 20);
}

TEST_CASE("only the master events of the range are looked at", "[projections]") {
    rc::prop("two halves make the whole", [] {
        const LiveLedger& live = lived(*any_steps(1));
        const auto events = live.events();
        const std::uint64_t cut = any_below(events.size()) + 1;
        const auto whole = folded_outcomes(events).counts();
        const auto first = folded_outcomes(events, {1, cut}).counts();
        const auto second = folded_outcomes(events, {cut + 1, UINT64_MAX}).counts();
        RC_ASSERT(first.expected + second.expected == whole.expected);
        RC_ASSERT(first.orders + second.orders == whole.orders);
        RC_ASSERT(first.skipped + second.skipped == whole.skipped);
        RC_ASSERT(first.pending + second.pending == whole.pending);
    });
}

TEST_CASE("what the broker told of an order outlives the attempt that had no effect",
          "[projections]") {
    Day day;
    const auto pending = [&] { return folded_outcomes(day.live.events()).counts().pending; };
    day.is_sent();
    SECTION("told while the attempt is open, which is then refused for now") {
        day.is_told(OrdStatus::new_);
        CHECK(pending() == 1U);
        day.live.says(RecordRejected{day.placing, "", "busy", true});
    }
    SECTION("told after it was looked for in vain") {
        day.live.says(RecordUnknown{day.placing, "timeout"});
        day.live.says(RecordNotPlaced{day.placing, 1, 1000});
        CHECK(pending() == 1U);
        day.is_told(OrdStatus::new_);
    }
    CHECK(pending() == 0U);
    CHECK(folded_outcomes(day.live.events()).counts().orders == 1U);
}

}  // namespace completeness_test
