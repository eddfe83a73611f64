#include "ledger/replication/evolve_internal.h"
#include "ledger/replication/order_status.h"

#include <algorithm>

namespace ledger::replication {

namespace {

Change& change_row(FollowerOrder& order, const EventId& intent) {
    const auto found = std::ranges::find(order.changes, intent, &Change::intent);
    LEDGER_ASSERT(found != order.changes.end());
    return *found;
}

void drop_change(FollowerOrder& order, const EventId& intent) {
    std::erase_if(order.changes, [&](const Change& change) { return change.intent == intent; });
}

bool places(const AttemptRef& ref) {
    return ref.intent == ref.order;
}

// The broker has the order, as far as its answer to the placing goes. A report may have told more.
void take_placed(FollowerOrder& order, const std::string& broker_order_id) {
    order.attempt_open = false;
    order.parked = false;
    if (order.broker_order_id.empty()) order.broker_order_id = broker_order_id;
    if (order.status == OrdStatus::pending_new || order.status == OrdStatus::unknown) {
        order.status = OrdStatus::new_;
    }
}

void take_changed(FollowerOrder& order, const EventId& intent) {
    const Change change = change_row(order, intent);
    drop_change(order, intent);
    if (change.kind == IntentKind::modify) order.terms = change.terms;
    if (change.kind == IntentKind::cancel) order.cancel_acknowledged = true;
}

// The attempt had no effect, and the intent still stands. Nobody needs to find out any more.
void back_to_waiting(FollowerOrder& order, const AttemptRef& ref) {
    if (!places(ref)) {
        Change& change = change_row(order, ref.intent);
        change.stage = Change::Stage::waiting;
        change.parked = false;
        return;
    }
    order.attempt_open = false;
    order.parked = false;
    if (!is_terminal(order.status) && !is_working(order.status)) order.status = OrdStatus::intended;
}

// The intent comes to nothing; `status` is what that makes of an order that was to be placed.
void give_up(FollowerOrder& order, const EventId& intent, OrdStatus status) {
    if (intent != order.id) {
        drop_change(order, intent);
        return;
    }
    order.attempt_open = false;
    order.parked = false;
    if (!is_terminal(order.status) && !is_working(order.status)) order.status = status;
}

}  // namespace

void apply(State& state, const Event&, const AttemptStarted& started) {
    OrderEdit edit{state, started.ref.order};
    FollowerOrder& order = edit.order();
    if (places(started.ref)) {
        order.status = OrdStatus::pending_new;
        order.attempt_open = true;
        order.attempts = started.ref.attempt;
        return;
    }
    Change& change = change_row(order, started.ref.intent);
    change.stage = Change::Stage::in_flight;
    change.attempts = started.ref.attempt;
}

void apply(State& state, const Event&, const AttemptAccepted& accepted) {
    OrderEdit edit{state, accepted.ref.order};
    FollowerOrder& order = edit.order();
    if (places(accepted.ref)) {
        take_placed(order, accepted.broker_order_id);
    } else {
        take_changed(order, accepted.ref.intent);
    }
}

void apply(State& state, const Event&, const AttemptRejected& rejected) {
    OrderEdit edit{state, rejected.ref.order};
    FollowerOrder& order = edit.order();
    if (rejected.retryable) {
        back_to_waiting(order, rejected.ref);
    } else {
        give_up(order, rejected.ref.intent, OrdStatus::rejected);
    }
}

void apply(State& state, const Event&, const AttemptUnknown& unknown) {
    OrderEdit edit{state, unknown.ref.order};
    FollowerOrder& order = edit.order();
    if (!places(unknown.ref)) {
        change_row(order, unknown.ref.intent).stage = Change::Stage::unknown;
    } else if (order.status == OrdStatus::pending_new) {
        order.status = OrdStatus::unknown;
    }
}

void apply(State& state, const Event&, const AttemptNotPlaced& not_placed) {
    OrderEdit edit{state, not_placed.ref.order};
    back_to_waiting(edit.order(), not_placed.ref);
}

void apply(State& state, const Event&, const IntentExpired& expired) {
    OrderEdit edit{state, expired.order};
    FollowerOrder& order = edit.order();
    give_up(order, expired.intent,
            order.attempts == 0 ? OrdStatus::expired : OrdStatus::not_placed);
}

void apply(State& state, const Event&, const IntentParked& parked) {
    OrderEdit edit{state, parked.ref.order};
    FollowerOrder& order = edit.order();
    if (places(parked.ref)) {
        order.parked = true;
        if (order.status == OrdStatus::pending_new) order.status = OrdStatus::unknown;
    } else {
        Change& change = change_row(order, parked.ref.intent);
        change.parked = true;
        change.stage = Change::Stage::unknown;
    }
}

void apply(State& state, const Event&, const IntentResolved& resolved) {
    OrderEdit edit{state, resolved.ref.order};
    FollowerOrder& order = edit.order();
    if (resolved.broker_order_id.empty()) {
        give_up(order, resolved.ref.intent, OrdStatus::not_placed);
    } else if (places(resolved.ref)) {
        take_placed(order, resolved.broker_order_id);
    } else {
        take_changed(order, resolved.ref.intent);
    }
}

}  // namespace ledger::replication
