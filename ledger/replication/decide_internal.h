// The parts of decide(), one file per question.
#pragma once

#include "ledger/replication/copy_plan.h"
#include "ledger/replication/decide.h"
#include "ledger/replication/own_copies.h"

#include <vector>

namespace ledger::replication {

using Consequences = std::vector<Consequence>;

// The event that is decided about, folded into the state already.
struct DecideContext {
    const State& state;
    const Policy& policy;
    const Marks& marks;
    const Event& event;

    // Of a plan about a master order.
    [[nodiscard]] PlanContext about(const MasterOrder& order) const;
};

// What one master event is decided about.
struct MasterContext {
    const DecideContext& base;
    const MasterOrderReported& report;
    const MasterOrder& order;
    PlanContext plan;

    [[nodiscard]] const State& state() const { return base.state; }
};

// ---- decide_new.cc: every active link gets an intent or a skip.

void decide_new(const MasterContext& context, Consequences& out);

// ---- decide_change.cc: every mapped order gets a change or a skip, every other active link a
// skip. Each version of the order's terms is judged when it comes, also one that is older than the
// terms in force; one that comes before the NEW, with the NEW. What ends the copy ends it for good
// (I3: no later version may revive it), so the order in which they come makes no difference (I7).

void decide_modify(const MasterContext& context, Consequences& out);
void decide_cancel(const MasterContext& context, Consequences& out);

// ---- decide_exit.cc, decide_link.cc, decide_halt.cc

void decide_exit(const DecideContext& context, const ExitRequested& request, Consequences& out);
void decide_link(const DecideContext& context, const LinkSet& set, Consequences& out);
void decide_link(const DecideContext& context, const LinkRemoved& removed, Consequences& out);
void decide_halt(const DecideContext& context, Consequences& out);
void decide_close(const DecideContext& context, const AccountClosed& closed, Consequences& out);

// ---- flatten.cc: what is left where nothing should be.

// After a master's fill: every follower that still holds what he does not.
void flatten_all(const DecideContext& context, const MasterOrder& order, Consequences& out);
// After news of one of its orders.
void flatten(const DecideContext& context, const CopiedPosition& position, Consequences& out);

// ---- settle.cc: what an outcome or a report means for the changes that waited for it.

void settle(const DecideContext& context, const FollowerOrder& order, Consequences& out);

// ---- intend.cc: the events that decisions are made of.

struct Skip {
    IntentKind action = IntentKind::new_;
    SkipReason reason = SkipReason::below_min_lot;
    SizingFigures figures{};
};

[[nodiscard]] Consequence skip(const DecideContext& context, const MasterOrder& order,
                               AccountNumber follower, const Skip& skip);

// One order per slice. Requires a plan that is not skipped.
void intend_copy(const MasterContext& context, AccountNumber follower, const Plan& plan,
                 Consequences& out);

// What an order of another purpose than to copy is for.
struct Closing {
    const MasterOrder& order;  // that it belongs to
    const Link& link;
    OrderPurpose purpose = OrderPurpose::flatten;
};

void intend_other(const DecideContext& context, const Closing& closing, const Plan& plan,
                  Consequences& out);

// So much of the copied position is closed, by market orders.
void intend_close(const DecideContext& context, const Closing& closing,
                  const CopiedPosition& position, Quantity quantity, Consequences& out);

// Withdraws what is not sent, else asks the broker. Requires an order that has not ended and that
// no cancel is under way for. `because` is none where the master's order ended.
void cancel_order(const DecideContext& context, const FollowerOrder& order, SkipReason because,
                  Consequences& out);

// Requires an order that has not ended.
void change_order(const DecideContext& context, const FollowerOrder& order, const OrderTerms& terms,
                  const SizingFigures& figures, Consequences& out);

[[nodiscard]] Consequence supersede(const FollowerOrder& order, const EventId& intent,
                                    SupersededBecause because);

// Not ended, and no cancel on its way.
[[nodiscard]] bool can_change(const FollowerOrder& order);

// For each link of the master that copies, in follower order: its row and its follower.
template <class Visit>
void for_each_active_link(const State& state, AccountNumber master, const Visit& visit) {
    for (const RowIndex link : state.account(master)->links) {
        if (state.links[link].copies()) visit(link, state.links[link].follower);
    }
}

}  // namespace ledger::replication
