#include "ledger/replication/evolve_internal.h"

#include <algorithm>

namespace ledger::replication {

namespace {

RowIndex master_order_row(State& state, const MasterOrderReported& report) {
    const EventId id = master_order_id_of(state, report);
    if (const auto known = state.master_orders.index_of(id)) return *known;
    MasterOrder order;
    order.id = id;
    order.account = report.account;
    order.instrument = instrument_row(state, report.instrument);
    order.broker_order_id = report.broker_order_id;
    order.terms = report.terms;
    state.master_orders.add(id, std::move(order));
    return state.master_orders.size() - 1;
}

void take_terms(MasterOrder& order, const MasterOrderReported& report) {
    const Quantity quantity = report.terms.quantity;
    const bool first = !order.terms_rank.has_value();
    order.quantity_least = first ? quantity : std::min(order.quantity_least, quantity);
    order.quantity_most = first ? quantity : std::max(order.quantity_most, quantity);
    const TermsRank rank = rank_of(report);
    if (order.terms_rank && rank <= *order.terms_rank) return;
    order.terms = report.terms;
    order.terms_rank = rank;
}

void add_change(State& state, const Event& event, const EventId& order, Change change) {
    change.intent = event.id;
    change.origin = event.causation;
    change.intended_at_ns = event.recorded_at_ns;
    order_row(state, order).changes.push_back(change);
}

}  // namespace

void apply(State& state, const Event&, const MasterOrderReported& report) {
    MasterOrder& order = state.master_orders[master_order_row(state, report)];
    if (bears_terms(report.type)) take_terms(order, report);
    if (report.type == MasterEventType::new_) ++order.new_reports;
    order.canceled |= report.type == MasterEventType::canceled;
    order.rejected |= report.type == MasterEventType::rejected;
    order.version_max = std::max(order.version_max, report.version.value);
    order.cum_qty = order.cum_qty + report.last_qty;
    order.cum_value = order.cum_value + report.last_value;
}

void apply(State& state, const Event& event, const FollowerOrderIntended& intended) {
    const auto master_order = state.master_orders.index_of(intended.master_order);
    LEDGER_ASSERT(master_order.has_value());
    FollowerOrder order;
    order.id = event.id;
    order.origin = event.causation;
    order.master = intended.master;
    order.follower = intended.follower;
    order.master_order = *master_order;
    order.slice = intended.slice;
    order.terms = intended.terms;
    order.intended_at_ns = event.recorded_at_ns;
    state.follower_orders.add(cl_ord_id_of(event.id), std::move(order));
    state.master_orders[*master_order].followers.push_back(state.follower_orders.size() - 1);
}

void apply(State& state, const Event& event, const FollowerModifyIntended& intended) {
    Change change;
    change.kind = IntentKind::modify;
    change.terms = intended.terms;
    add_change(state, event, intended.order, change);
}

void apply(State& state, const Event& event, const FollowerCancelIntended& intended) {
    Change change;
    change.kind = IntentKind::cancel;
    add_change(state, event, intended.order, change);
}

void apply(State& state, const Event&, const UnsentOrderAmended& amended) {
    order_row(state, amended.order).terms = amended.terms;
}

void apply(State& state, const Event&, const UnsentOrderWithdrawn& withdrawn) {
    order_row(state, withdrawn.order).status = OrdStatus::withdrawn;
}

void apply(State& state, const Event&, const IntentSuperseded& superseded) {
    std::erase_if(order_row(state, superseded.order).changes,
                  [&](const Change& change) { return change.intent == superseded.intent; });
}

void apply(State& state, const Event&, const FollowerOrderReported& report) {
    FollowerOrder& order = order_row(state, report.order);
    order.cum_qty = order.cum_qty + report.last_qty;
    order.cum_value = order.cum_value + report.last_value;
    order.updated_at_ns = std::max(order.updated_at_ns, report.updated_at_ns);
    if (order.broker_order_id.empty()) order.broker_order_id = report.broker_order_id;
    // A word that is not understood says nothing of the status.
    if (report.status == OrdStatus::unknown) return;
    order.status = report.status;
    if (order.parked) {
        // What a person was to find out is known; no other answer will come.
        order.parked = false;
        order.attempt_open = false;
    }
}

}  // namespace ledger::replication
