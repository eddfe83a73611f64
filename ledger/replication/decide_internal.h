// The parts of decide(), one file per question.
#pragma once

#include "ledger/replication/decide.h"
#include "ledger/replication/sizing.h"

namespace ledger::replication {

using Consequences = std::vector<Consequence>;

// What one master event is decided about.
struct MasterContext {
    const State& state;
    const Policy& policy;
    const Event& event;
    const MasterOrderReported& report;
    const MasterOrder& order;
};

// decide_new.cc: every active link gets an intent or a skip.
void decide_new(const MasterContext& context, Consequences& out);

// decide_change.cc: every mapped order gets a change or a skip, every other active link a skip.
void decide_modify(const MasterContext& context, Consequences& out);
void decide_cancel(const MasterContext& context, Consequences& out);

// settle.cc: what an outcome or a report means for the changes that waited for it.
void settle(const Policy& policy, const Event& event, const FollowerOrder& order,
            Consequences& out);

struct Skip {
    IntentKind action = IntentKind::new_;
    SkipReason reason = SkipReason::below_min_lot;
    SizingFigures figures;
    std::uint32_t slice = 0;
};

// The first reason why some version of the master order cannot be copied over this link, or the
// size of its present terms. A version that cannot be copied ends the copy (I3: no later one may
// revive it), so the order in which the versions came makes no difference (I7).
[[nodiscard]] Sized size_all_versions(const MasterContext& context, const LinkTerms& link);

// decide.cc
[[nodiscard]] Consequence skip(const MasterContext& context, AccountNumber follower,
                               const Skip& skip);
[[nodiscard]] Consequence supersede(const FollowerOrder& order, const EventId& intent,
                                    SupersededBecause because);

// For each link of the master that copies, in follower order.
template <class Visit>
void for_each_active_link(const MasterContext& context, const Visit& visit) {
    for (const RowIndex index : context.state.account(context.report.account)->links) {
        const Link& link = context.state.links[index];
        if (link.copies()) visit(link);
    }
}

}  // namespace ledger::replication
