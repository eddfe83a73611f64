#include "projections/day_figures.h"

#include "tests/projections/live_ledger.h"

#include <numeric>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace day_figures_test {

using namespace projections;
using namespace projections::test;
using ledger::AccountNumber;
using ledger::Event;
using ledger::test::any_steps;

namespace {

DayFigures figures_of(const std::vector<Event>& events,
                      std::optional<AccountNumber> account = std::nullopt) {
    LedgerView view;
    DayFigures figures{account};
    for (const Event& event : events) {
        view.apply(event);
        figures.apply(view, event);
    }
    return figures;
}

}  // namespace

TEST_CASE("a day's figures are the audit view's counts, follower by follower", "[projections]") {
    rc::prop("counted another way", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const DayFigures figures = figures_of(live.events());
        std::uint64_t unknown = 0;
        for (const AuditRow& row : live.view().audit().rows()) {
            unknown += row.unknown;
            const auto found = figures.followers().find(row.account);
            const FollowerDay day =
                found == figures.followers().end() ? FollowerDay{} : found->second;
            RC_ASSERT(day.orders == row.orders_intended);
            RC_ASSERT(day.modifies == row.modifies_intended + row.amended_unsent);
            RC_ASSERT(day.cancels == row.cancels_intended);
            RC_ASSERT(day.withdrawn == row.withdrawn_unsent);
            RC_ASSERT(day.accepted == row.accepted);
            RC_ASSERT(day.rejected == row.rejected);
            RC_ASSERT(day.expired == row.expired);
            RC_ASSERT(day.fills == row.fills);
            const auto skipped =
                std::accumulate(row.skipped.begin(), row.skipped.end(), std::uint64_t{0});
            RC_ASSERT(day.skipped == skipped);
            for (const auto& [reason, count] : day.skips) {
                RC_ASSERT(row.skipped.at(static_cast<std::size_t>(reason)) == count);
            }
        }
        RC_ASSERT(figures.unknown().size() == unknown);
    });
}

TEST_CASE("every unknown outcome is told with what closed it, or as open", "[projections]") {
    rc::prop("as the log has it", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = live.events();
        bool open = false;
        const DayFigures figures = figures_of(events);
        for (const UnknownOutcome& outcome : figures.unknown()) {
            open = open || outcome.closed_by.empty();
            if (outcome.closed_by.empty()) continue;
            RC_ASSERT(outcome.closed_sequence > outcome.sequence);
            const auto kind = kind_of(events[outcome.closed_sequence - 1].payload);
            const bool closes = kind == "AttemptAccepted" || kind == "AttemptRejected" ||
                                kind == "AttemptNotPlaced" || kind == "IntentResolved";
            RC_ASSERT(closes);
        }
        RC_ASSERT(figures.waits_for_outcomes() == open);
    });
}

TEST_CASE("what closes an outcome on a later day is found there", "[projections]") {
    rc::prop("wherever the day ends", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = live.events();
        const DayFigures whole = figures_of(events);
        const std::uint64_t cut = any_below(events.size() + 1);
        LedgerView view;
        DayFigures day{std::nullopt};
        for (const Event& event : events) {
            if (event.sequence > cut) {
                day.apply_later(event);
                continue;
            }
            view.apply(event);
            day.apply(view, event);
        }
        for (std::size_t i = 0; i < day.unknown().size(); ++i) {
            RC_ASSERT(day.unknown()[i].closed_by == whole.unknown()[i].closed_by);
            RC_ASSERT(day.unknown()[i].closed_sequence == whole.unknown()[i].closed_sequence);
        }
    });
}

TEST_CASE("one follower's report tells of no other", "[projections]") {
    rc::prop("nor counts it", [] {
        const LiveLedger& live = lived(*any_steps(2));
        constexpr AccountNumber follower{4};
        const auto events = live.events();
        const DayFigures one = figures_of(events, follower);
        const DayFigures all = figures_of(events);
        for (const auto& [account, day] : one.followers()) RC_ASSERT(account == follower);
        for (const auto& [key, limit] : one.limits()) RC_ASSERT(std::get<0>(key) == follower);
        for (const auto& outcome : one.unknown()) RC_ASSERT(outcome.ref.follower == follower);
        const auto found = all.followers().find(follower);
        if (found == all.followers().end()) return;
        RC_ASSERT(one.followers().at(follower).orders == found->second.orders);
        RC_ASSERT(one.followers().at(follower).skipped == found->second.skipped);
    });
}

}  // namespace day_figures_test
