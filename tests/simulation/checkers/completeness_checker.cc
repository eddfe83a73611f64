// Silence is not an outcome, and neither are two.
#include "tests/simulation/checkers/evidence.h"
#include "tests/simulation/checkers/told_ledger.h"

#include <set>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::Event;
using ledger::EventId;

namespace {

// What was decided for one follower about one master event.
struct Outcome {
    std::size_t skips = 0;
    std::size_t acts = 0;
    std::set<EventId> orders;  // each acted on once
    std::set<std::uint32_t> slices;
    bool twice = false;
};

using Outcomes = std::map<AccountNumber, Outcome>;

void act(Outcome& outcome, const EventId& order) {
    ++outcome.acts;
    outcome.twice |= !outcome.orders.insert(order).second;
}

void take(Outcomes& outcomes, const Event& event) {
    if (const auto* e = std::get_if<ledger::FollowerOrderSkipped>(&event.payload)) {
        ++outcomes[e->follower].skips;
    }
    if (const auto* e = std::get_if<ledger::FollowerOrderIntended>(&event.payload)) {
        Outcome& outcome = outcomes[e->follower];
        act(outcome, event.id);
        outcome.twice |= !outcome.slices.insert(e->slice).second;
    }
    if (const auto* e = std::get_if<ledger::FollowerModifyIntended>(&event.payload)) {
        act(outcomes[e->follower], e->order);
    }
    if (const auto* e = std::get_if<ledger::FollowerCancelIntended>(&event.payload)) {
        act(outcomes[e->follower], e->order);
    }
    if (const auto* e = std::get_if<ledger::UnsentOrderAmended>(&event.payload)) {
        act(outcomes[e->follower], e->order);
    }
    if (const auto* e = std::get_if<ledger::UnsentOrderWithdrawn>(&event.payload)) {
        act(outcomes[e->follower], e->order);
    }
}

void judge(const Event& cause, const Outcomes& outcomes, const std::set<AccountNumber>& linked,
           Findings& findings) {
    const auto say = [&](AccountNumber follower, std::string_view what) {
        findings.push_back(fmt::format("completeness: sequence {} has {} for account {}",
                                       cause.sequence, what, follower.value()));
    };
    for (const AccountNumber follower : linked) {
        if (!outcomes.contains(follower)) say(follower, "no outcome");
    }
    for (const auto& [follower, outcome] : outcomes) {
        const bool both = outcome.skips > 0 && outcome.acts > 0;
        if (both || outcome.skips > 1 || outcome.twice) say(follower, "more than one outcome");
        const bool makes = !outcome.slices.empty();
        if (makes && !linked.contains(follower)) say(follower, "an order and no link");
    }
}

}  // namespace

void completeness_each_follower_has_one_outcome(const Evidence& evidence, Findings& findings) {
    ToldLedger told;
    for (const Event& event : evidence.log) {
        told.apply(event);
        const auto* report = std::get_if<ledger::MasterOrderReported>(&event.payload);
        if (report == nullptr || report->type == ledger::MasterEventType::fill) continue;
        Outcomes outcomes;
        for (std::size_t at = event.sequence; at < evidence.log.size(); ++at) {
            if (evidence.log[at].causation != event.id) break;
            take(outcomes, evidence.log[at]);
        }
        judge(event, outcomes, told.followers(report->account), findings);
    }
}

}  // namespace simulation
