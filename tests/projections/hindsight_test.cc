#include "projections/hindsight.h"

#include "tests/projections/live_ledger.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace hindsight_test {

using namespace projections;
using namespace projections::test;
using ledger::Event;
using ledger::test::any_steps;
using ledger::test::second_ns;

namespace {

constexpr std::int64_t ns_per_minute = 60 * second_ns;

// Brokers' clocks that are late by up to a minute, and sometimes ahead.
std::vector<Event> with_broker_clocks(std::vector<Event> events) {
    for (Event& event : events) {
        const auto late_ns = static_cast<std::int64_t>(any_below(ns_per_minute)) - second_ns;
        if (std::holds_alternative<ledger::MasterOrderReported>(event.payload)) {
            event.occurred_at_ns = event.recorded_at_ns - late_ns;
        }
        if (auto* report = std::get_if<ledger::FollowerOrderReported>(&event.payload)) {
            report->updated_at_ns = event.recorded_at_ns - late_ns;
        }
    }
    return events;
}

// Between the first event and a little after the last.
std::int64_t any_instant(const std::vector<Event>& events) {
    const std::int64_t first = events.front().recorded_at_ns - ns_per_minute;
    const std::int64_t span = events.back().recorded_at_ns + second_ns - first;
    return first + static_cast<std::int64_t>(any_below(static_cast<std::size_t>(span)));
}

std::uint64_t recorded_by(const std::vector<Event>& events, std::int64_t at_ns) {
    const auto later = std::ranges::find_if(
        events, [&](const Event& event) { return event.recorded_at_ns > at_ns; });
    return static_cast<std::uint64_t>(later - events.begin());
}

LedgerView seen(const std::vector<Event>& events, std::uint64_t known, std::int64_t at_ns) {
    LedgerView view;
    Hindsight hindsight{view, at_ns};
    for (std::size_t i = 0; i < known; ++i) hindsight.apply(events[i]);
    return view;
}

// By the words of docs/audit.md: what had happened, its order intended by then.
bool had_happened(const std::vector<Event>& events, const Event& event, std::int64_t at_ns) {
    if (happened_at_ns(event) > at_ns) return false;
    const auto* report = std::get_if<ledger::FollowerOrderReported>(&event.payload);
    if (report == nullptr) return true;
    const auto intent = std::ranges::find(events, report->order, &Event::id);
    return intent->recorded_at_ns <= at_ns;
}

std::int64_t all_opened_at_ns(const std::vector<Event>& events) {
    std::int64_t at_ns = 0;
    for (const Event& event : events) {
        if (!std::holds_alternative<ledger::AccountOpened>(event.payload)) continue;
        at_ns = std::max(at_ns, event.recorded_at_ns);
    }
    return at_ns;
}

struct Happened {
    std::uint64_t fills = 0;
    std::uint64_t master_events = 0;
};

using HappenedByAccount = std::map<ledger::AccountNumber, Happened>;

HappenedByAccount count_happened(const std::vector<Event>& events, std::int64_t at_ns) {
    HappenedByAccount happened;
    for (const Event& event : events) {
        if (!had_happened(events, event, at_ns)) continue;
        if (const auto* e = std::get_if<ledger::FollowerOrderReported>(&event.payload)) {
            if (e->last_qty.value() > 0) ++happened[e->follower].fills;
        }
        if (const auto* e = std::get_if<ledger::MasterOrderReported>(&event.payload)) {
            ++happened[e->account].master_events;
        }
    }
    return happened;
}

Event recorded_at(std::int64_t recorded_at_ns, ledger::Payload payload) {
    Event event;
    event.recorded_at_ns = recorded_at_ns;
    event.occurred_at_ns = recorded_at_ns;
    event.payload = std::move(payload);
    return event;
}

}  // namespace

TEST_CASE("decisions happen when they are recorded, reports when their source says",
          "[projections]") {
    Event master = recorded_at(100, ledger::MasterOrderReported{});
    master.occurred_at_ns = 40;
    CHECK(happened_at_ns(master) == 40);
    master.occurred_at_ns = 101;  // a clock that is ahead
    CHECK(happened_at_ns(master) == 100);

    Event funds = recorded_at(100, ledger::FundsReported{});
    funds.occurred_at_ns = 41;
    CHECK(happened_at_ns(funds) == 41);

    ledger::FollowerOrderReported report;
    CHECK(happened_at_ns(recorded_at(100, report)) == 100);
    report.updated_at_ns = 42;
    CHECK(happened_at_ns(recorded_at(100, report)) == 42);
    report.updated_at_ns = 101;
    CHECK(happened_at_ns(recorded_at(100, report)) == 100);

    // What follows from a late report bears the report's own time, and was decided now.
    Event decision = recorded_at(100, ledger::FollowerOrderIntended{});
    decision.occurred_at_ns = 40;
    CHECK(happened_at_ns(decision) == 100);
}

TEST_CASE("I12 what had happened by T is the same fold from every prefix known by T",
          "[projections]") {
    rc::prop("whatever the brokers' clocks", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = with_broker_clocks(live.events());
        for (int looks = 0; looks < 4; ++looks) {
            const std::int64_t at_ns = any_instant(events);
            const std::uint64_t known = any_below(events.size() + 1);
            const LedgerView naive = seen(events, known, at_ns);

            const std::uint64_t prefix = std::min(known, recorded_by(events, at_ns));
            LedgerView fast = folded(events, prefix);
            Hindsight hindsight{fast, at_ns};
            for (std::size_t i = prefix; i < known; ++i) hindsight.apply(events[i]);
            RC_ASSERT(bytes_of(fast) == bytes_of(naive));
            RC_ASSERT(shown_by(fast) == shown_by(naive));
        }
    });
}

TEST_CASE("what had happened is counted, and nothing else", "[projections]") {
    rc::prop("by the words of the manual", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = with_broker_clocks(live.events());
        const std::int64_t at_ns = std::max(any_instant(events), all_opened_at_ns(events));
        HappenedByAccount happened = count_happened(events, at_ns);
        const LedgerView view = seen(events, events.size(), at_ns);
        for (const AuditRow& row : view.audit().rows()) {
            RC_ASSERT(row.fills == happened[row.account].fills);
            RC_ASSERT(row.master_events == happened[row.account].master_events);
        }
    });
}

TEST_CASE("once all has happened it is what is known", "[projections]") {
    rc::prop("the plain fold", [] {
        const LiveLedger& live = lived(*any_steps(1));
        const auto events = with_broker_clocks(live.events());
        const std::int64_t last_ns = events.back().recorded_at_ns;
        RC_ASSERT(bytes_of(seen(events, events.size(), last_ns)) ==
                  bytes_of(folded(events, events.size())));
    });
}

TEST_CASE("an imported day is there before the accounts that it was imported for",
          "[projections]") {
    LiveLedger live;
    live.runs({});
    ledger::MasterOrderReported report;
    report.account = ledger::AccountNumber{2};
    report.broker_order_id = "OLD-1";
    report.version = {ledger::SourceVersion::Kind::sequence, 1};
    report.instrument = {ledger::Segment::nse_cash, "2885", "RELIANCE"};
    report.terms.quantity = ledger::Quantity{25};
    live.says(ledger::ReportMasterOrder{report});
    auto events = live.events();
    constexpr std::int64_t long_ago = 1'340'000'000 * second_ns;
    for (Event& event : events) {
        const bool told = std::holds_alternative<ledger::MasterOrderReported>(event.payload);
        if (told) event.occurred_at_ns = long_ago;
    }
    const LedgerView before = seen(events, events.size(), long_ago - 1);
    CHECK(before.state().accounts.size() == 0);
    CHECK(before.state().master_orders.size() == 0);
    const LedgerView then = seen(events, events.size(), long_ago);
    CHECK(then.state().accounts.size() == 2);  // of the masters, the second and the one before it
    CHECK(then.state().master_orders.size() == 1);
    CHECK(then.state().follower_orders.size() == 0);
}

}  // namespace hindsight_test
