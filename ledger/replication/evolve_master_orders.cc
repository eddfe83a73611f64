// What a master's broker said: his orders and what they make of his positions.
#include "ledger/replication/evolve_internal.h"
#include "ledger/replication/exposure.h"

#include <algorithm>

namespace ledger::replication {

namespace {

RowIndex position_row(State& state, AccountNumber master, RowIndex instrument, Product product) {
    const MasterPositionKey key{master, instrument, product};
    if (const auto known = state.master_positions.index_of(key)) return *known;
    MasterPosition position;
    position.master = master;
    position.instrument = instrument;
    position.product = product;
    state.master_positions.add(key, position);
    return state.master_positions.size() - 1;
}

RowIndex master_order_row(State& state, std::uint64_t sequence, const MasterOrderReported& report) {
    const EventId id = master_order_id_of(state, report);
    if (const auto known = state.master_orders.index_of(id)) return *known;
    MasterOrder order;
    order.id = id;
    order.account = report.account;
    order.instrument = instrument_row(state, report.instrument);
    order.position = position_row(state, report.account, order.instrument, report.terms.product);
    order.first_seen = sequence;
    order.session_day = state.today();
    order.broker_order_id = report.broker_order_id;
    order.terms = report.terms;
    state.master_orders.add(id, std::move(order));
    return state.master_orders.size() - 1;
}

void add_to_position(MasterPosition& position, Quantity quantity) {
    const bool was_open = position.filled.value() != 0;
    position.filled = position.filled + quantity;
    if (was_open && position.filled.value() == 0) ++position.rounds;
}

// The product is the NEW's. What came before it may have named none, a default or another one.
void take_product(State& state, RowIndex row, const MasterOrderReported& report) {
    MasterOrder& order = state.master_orders[row];
    const Product product = report.terms.product;
    const bool first_new = report.type == MasterEventType::new_ && order.new_reports == 0;
    if (order.terms_rank && !first_new) return;
    if (state.master_positions[order.position].product == product) return;
    const RowIndex other = position_row(state, order.account, order.instrument, product);
    const Quantity filled = with_sign(order.terms.side, order.cum_qty);
    add_to_position(state.master_positions[order.position], Quantity{} - filled);
    add_to_position(state.master_positions[other], filled);
    order.position = other;
}

// The NEW will be judged by them too.
void remember_early(MasterOrder& order, const OrderTerms& terms) {
    auto& known = order.early_terms;
    if (known.size() == early_terms_max || std::ranges::find(known, terms) != known.end()) return;
    known.push_back(terms);
}

// True where the order grew by it.
bool take_terms(MasterOrder& order, const MasterOrderReported& report) {
    const Quantity quantity = report.terms.quantity;
    const bool early = report.type == MasterEventType::modified && order.new_reports == 0;
    if (early) remember_early(order, report.terms);
    const TermsRank rank = rank_of(report);
    if (order.terms_rank && rank <= *order.terms_rank) return false;
    const bool grew = quantity > order.terms.quantity;
    order.terms = report.terms;
    order.terms_rank = rank;
    return grew;
}

// Does it enlarge the position, if only by a part of it?
bool enlarges(const State& state, const MasterOrder& order) {
    const Exposure beside = exposure_beside(state, order);
    const Quantity reducing =
        std::max(reducible(beside.expected, order.terms.side, order.terms.quantity),
                 reducible(beside.filled, order.terms.side, order.terms.quantity));
    return reducing < order.terms.quantity;
}

}  // namespace

void apply(State& state, const Event& event, const MasterOrderReported& report) {
    const RowIndex row = master_order_row(state, event.sequence, report);
    const bool has_terms = bears_terms(report.type);
    if (has_terms) take_product(state, row, report);
    bool grew = false;
    {
        MasterOrderEdit order{state, row};
        if (has_terms) grew = take_terms(order.order(), report);
        if (report.type == MasterEventType::new_) ++order->new_reports;
        order->canceled |= report.type == MasterEventType::canceled;
        order->rejected |= report.type == MasterEventType::rejected;
        order->version_max = std::max(order->version_max, report.version.value);
        order->cum_qty = order->cum_qty + report.last_qty;
        order->cum_value = order->cum_value + report.last_value;
    }
    MasterOrder& order = state.master_orders[row];
    MasterPosition& position = state.master_positions[order.position];
    add_to_position(position, with_sign(order.terms.side, report.last_qty));
    // Also where a fill came before any terms, the latest order is one of this position.
    const bool none_yet = state.master_orders[position.latest_order].position != order.position;
    if (has_terms || none_yet) position.latest_order = row;
    if (!has_terms) return;
    const bool first_new = report.type == MasterEventType::new_ && order.new_reports == 1;
    if (first_new) order.opens = enlarges(state, order);
    if (order.opens && (first_new || grew)) ++position.openings;
}

void apply(State& state, const Event& event, const ExitRequested& request) {
    const auto row = state.master_orders.index_of(request.master_order);
    LEDGER_ASSERT(row.has_value());
    MasterOrder& order = state.master_orders[*row];
    order.exited = true;
    if (request.scope == ExitScope::order) return;
    state.master_positions[order.position].exited_at = event.sequence;
}

}  // namespace ledger::replication
