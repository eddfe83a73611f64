#include "ledger/base/time_units.h"
#include "ledger/replication/evolve_internal.h"
#include "ledger/replication/own_copies.h"

#include <algorithm>

namespace ledger::replication {

namespace {

Price reference_of(const OrderTerms& terms, Price mark) {
    if (has_limit_price(terms.type)) return terms.price;
    return has_trigger(terms.type) ? terms.trigger : mark;
}

// New terms of an order, agreed or to come: what of it reduces, and what a unit is worth.
void take_figures(FollowerOrder& order, const OrderTerms& terms, const SizingFigures& figures) {
    order.reducing = figures.reducing;
    const Price reference = reference_of(terms, figures.mark);
    if (reference.value() > 0) order.reference = reference;
}

void add_change(const Event& event, OrderEdit& order, Change change) {
    change.intent = event.id;
    change.origin = event.correlation;
    change.intended_at_ns = event.recorded_at_ns;
    order->changes.push_back(change);
}

RowIndex copied_position_row(State& state, const FollowerOrderIntended& intended,
                             const MasterOrder& master_order) {
    const auto link = state.links.index_of(LinkKey{intended.master, intended.follower});
    LEDGER_ASSERT(link.has_value());
    const MasterPosition& master = state.master_positions[master_order.position];
    const CopiedPositionKey key{*link, master.instrument, master.product};
    auto row = state.copied_positions.index_of(key);
    if (!row) {
        CopiedPosition fresh;
        fresh.link = *link;
        fresh.instrument = master.instrument;
        fresh.product = master.product;
        state.copied_positions.add(key, fresh);
        row = state.copied_positions.size() - 1;
    }
    CopiedPosition& position = state.copied_positions[*row];
    if (position.filled.value() == 0 && position.live.empty()) {
        position.follower_product = intended.terms.product;
        position.rounds = master.rounds;
        position.opened_long = {};
        position.opened_short = {};
        position.close_failed = false;
    }
    return *row;
}

// The first reduction since the master last enlarged his position says what shares are measured on.
void take_anchor(CopiedPosition& position, const MasterPosition& master,
                 const FollowerOrderIntended& intended) {
    if (intended.purpose != OrderPurpose::copy || intended.figures.reducing.value() == 0) return;
    const bool anchored =
        position.anchor_master.value() > 0 && position.anchor_openings == master.openings;
    if (anchored) return;
    position.anchor_openings = master.openings;
    position.anchor_lost = master.lost;
    position.anchor_master = intended.figures.master_position;
    position.anchor_copy = intended.figures.position;
}

// The exit is for what these copies filled, first in, first out.
void note_exit(State& state, const MasterOrder& master_order,
               const FollowerOrderIntended& intended) {
    Quantity left = intended.terms.quantity;
    for (const RowIndex index : copies_of(state, master_order, intended.follower)) {
        FollowerOrder& copy = state.follower_orders[index];
        const Quantity part = std::min(left, copy.cum_qty - copy.exited_qty);
        copy.exited_qty = copy.exited_qty + part;
        left = left - part;
    }
}

void count_in_second(State& state, const FollowerOrder& order, std::int64_t at_ns) {
    const std::int64_t second = floor_div(at_ns, ns_per_second);
    const auto count = [second](Usage& usage) {
        usage.orders_in_second = usage.orders_in(second) + 1;
        usage.second = second;
    };
    count(state.links[state.copied_positions[order.position].link].usage);
    count(state.account(order.follower)->risk.usage);
    count(state.account(order.master)->risk.usage);
    count(state.risk.usage);
}

}  // namespace

void apply(State& state, const Event& event, const FollowerOrderIntended& intended) {
    const auto row = state.master_orders.index_of(intended.master_order);
    LEDGER_ASSERT(row.has_value());
    MasterOrder& master_order = state.master_orders[*row];
    FollowerOrder order;
    order.id = event.id;
    order.origin = event.correlation;
    order.master = intended.master;
    order.follower = intended.follower;
    order.master_order = *row;
    order.slice = intended.slice;
    order.purpose = intended.purpose;
    order.position = copied_position_row(state, intended, master_order);
    order.session_day = state.today();
    order.terms = intended.terms;
    order.intended_at_ns = event.recorded_at_ns;
    take_figures(order, intended.terms, intended.figures);
    CopiedPosition& position = state.copied_positions[order.position];
    if (intended.terms.quantity > intended.figures.reducing) position.opened_at = event.sequence;
    take_anchor(position, state.master_positions[master_order.position], intended);
    if (intended.purpose == OrderPurpose::exit) note_exit(state, master_order, intended);
    count_in_second(state, order, event.recorded_at_ns);
    state.follower_orders.add(cl_ord_id_of(event.id), std::move(order));
    const RowIndex index = state.follower_orders.size() - 1;
    auto& list = intended.purpose == OrderPurpose::copy ? master_order.copies : master_order.others;
    list.push_back(index);
    attach_new(state, index);
}

void apply(State& state, const Event& event, const FollowerModifyIntended& intended) {
    Change change;
    change.kind = IntentKind::modify;
    change.terms = intended.terms;
    OrderEdit order{state, intended.order};
    take_figures(order.order(), intended.terms, intended.figures);
    add_change(event, order, change);
}

void apply(State& state, const Event& event, const FollowerCancelIntended& intended) {
    Change change;
    change.kind = IntentKind::cancel;
    OrderEdit order{state, intended.order};
    add_change(event, order, change);
}

void apply(State& state, const Event&, const UnsentOrderAmended& amended) {
    OrderEdit order{state, amended.order};
    order->terms = amended.terms;
    take_figures(order.order(), amended.terms, amended.figures);
}

void apply(State& state, const Event&, const UnsentOrderWithdrawn& withdrawn) {
    OrderEdit order{state, withdrawn.order};
    order->status = OrdStatus::withdrawn;
}

void apply(State& state, const Event&, const IntentSuperseded& superseded) {
    OrderEdit order{state, superseded.order};
    std::erase_if(order->changes,
                  [&](const Change& change) { return change.intent == superseded.intent; });
}

void apply(State& state, const Event&, const FollowerOrderReported& report) {
    OrderEdit order{state, report.order};
    order.add_fill(report.last_qty, report.last_value);
    order->updated_at_ns = std::max(order->updated_at_ns, report.updated_at_ns);
    if (order->broker_order_id.empty()) order->broker_order_id = report.broker_order_id;
    // A word that is not understood says nothing of the status.
    if (report.status == OrdStatus::unknown) return;
    order->status = report.status;
    if (order->parked) {
        // What a person was to find out is known; no other answer will come.
        order->parked = false;
        order->attempt_open = false;
    }
}

}  // namespace ledger::replication
