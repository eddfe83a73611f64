// After an outcome or a report: changes that waited for the order either go on waiting for their
// turn, or are moot because the order has ended, or are done at once because it is not out there.
#include "ledger/base/time_units.h"
#include "ledger/replication/cover.h"
#include "ledger/replication/decide_internal.h"
#include "ledger/replication/exit.h"
#include "ledger/replication/exposure.h"
#include "ledger/replication/halt.h"
#include "ledger/replication/intent_age.h"
#include "ledger/replication/order_share.h"
#include "ledger/replication/order_status.h"

#include <algorithm>

namespace ledger::replication {

namespace {

void supersede_all_waiting(const FollowerOrder& order, SupersededBecause because,
                           Consequences& out) {
    for (const Change& change : order.changes) {
        if (change.stage != Change::Stage::waiting) continue;
        out.push_back(supersede(order, change.intent, because));
    }
}

// A change that came back to waiting gives way to the one that came to wait behind it.
void supersede_overtaken(const FollowerOrder& order, Consequences& out) {
    if (order.changes.size() < 2) return;
    const Change& first = order.changes.front();
    if (first.stage != Change::Stage::waiting) return;
    out.push_back(supersede(order, first.intent, SupersededBecause::later_change));
}

// More than one order under one ClOrdID: an incident, whichever of them answered first.
void tell_of_second_order(const AttemptAccepted& accepted, const FollowerOrder& order,
                          Consequences& out) {
    const bool places = accepted.ref.intent == accepted.ref.order;
    if (!places || accepted.broker_order_id == order.broker_order_id) return;
    out.push_back({NaturalKey{"second-order"}.add(order.id).add(accepted.broker_order_id).id(),
                   AnomalyRecorded{.kind = AnomalyKind::duplicate_order,
                                   .account = order.follower,
                                   .order = order.id,
                                   .broker_order_id = accepted.broker_order_id,
                                   .text = "also at the broker as " + order.broker_order_id}});
}

// An order that turned out not to be at the broker takes the waiting change here and now.
void merge_into_unsent(const FollowerOrder& order, Consequences& out) {
    const Change& change = order.changes.back();
    SizingFigures figures;
    figures.reducing = order.reducing;
    if (change.kind == IntentKind::cancel) {
        out.push_back({NaturalKey{"withdrawn"}.add(order.id).id(),
                       UnsentOrderWithdrawn{.order = order.id, .follower = order.follower}});
    } else {
        out.push_back({NaturalKey{"amended"}.add(change.intent).add(order.id).id(),
                       UnsentOrderAmended{.order = order.id,
                                          .follower = order.follower,
                                          .terms = change.terms,
                                          .figures = figures}});
    }
    supersede_all_waiting(order, SupersededBecause::merged_unsent, out);
}

// What could only open, and may not, is not sent, nor what a waiting change makes of it. True where
// that is so.
bool give_up_barred(const DecideContext& context, const FollowerOrder& order, Consequences& out) {
    const Quantity whole = terms_to_come(order).quantity;
    if (order.reducing >= whole) return false;
    if (reason_not_to_open(context.state, order) == SkipReason::none) return false;
    give_up_opening(context, order, out);
    supersede_all_waiting(order, SupersededBecause::merged_unsent, out);
    cut_uncovered(context, context.state.position_of(order), opposite(order.terms.side),
                  whole - order.reducing, out);
    return true;
}

// Nor what waited too long.
void give_up_old(const DecideContext& context, const FollowerOrder& order, Consequences& out) {
    const std::int64_t age_ns = context.event.recorded_at_ns - order.intended_at_ns;
    if (!is_too_old(context.state, context.policy, order, age_ns)) return;
    out.push_back(
        {NaturalKey{"expired"}.add(order.id).id(), IntentExpired{.order = order.id,
                                                                 .follower = order.follower,
                                                                 .intent = order.id,
                                                                 .age_ms = age_ns / ns_per_ms}});
}

// Changes that waited for an order that has not ended, or the sending of one that was not sent.
void settle_open(const DecideContext& context, const FollowerOrder& order, Consequences& out) {
    if (!order.unsent()) return supersede_overtaken(order, out);
    if (!cancel_is_coming(order) && give_up_barred(context, order, out)) return;
    if (!order.changes.empty()) {
        merge_into_unsent(order, out);
    } else {
        give_up_old(context, order, out);
    }
}

void tell_of_failed_close(const DecideContext& context, const FollowerOrder& order,
                          Consequences& out) {
    const CopiedPosition& position = context.state.position_of(order);
    if (!closes(order.purpose) || !position.close_failed) return;
    out.push_back(skip(context, context.state.master_order_of(order), order.follower,
                       Skip{IntentKind::new_, SkipReason::close_failed, {}}));
}

}  // namespace

void settle(const DecideContext& context, const FollowerOrder& order, Consequences& out) {
    if (const auto* accepted = std::get_if<AttemptAccepted>(&context.event.payload)) {
        tell_of_second_order(*accepted, order, out);
    }
    const bool closing = close_late_fill(context, order, out);
    const CopiedPosition& position = context.state.position_of(order);
    if (!is_terminal(order.status)) {
        settle_open(context, order, out);
        if (!closing) flatten(context, position, out);
        return;
    }
    supersede_all_waiting(order, SupersededBecause::order_done, out);
    const bool fell_short = opening_of(order).value() > 0 && order.cum_qty < order.terms.quantity;
    if (fell_short) {
        cut_uncovered(context, position, opposite(order.terms.side), {}, out);
    }
    tell_of_failed_close(context, order, out);
    // Not twice: what the exit leaves is looked at again when it is done.
    if (!closing) flatten(context, position, out);
}

}  // namespace ledger::replication
