#include "ledger/replication/order_edit.h"

#include "ledger/model/fill.h"
#include "ledger/replication/order_share.h"

#include <algorithm>

namespace ledger::replication {

namespace {

RowIndex row_of(const State& state, const EventId& order) {
    const auto row = state.follower_orders.index_of(cl_ord_id_of(order));
    LEDGER_ASSERT(row.has_value());
    return *row;
}

// The link's, the follower's, the master's and the whole ledger's.
template <class Visit>
void for_each_usage(State& state, const FollowerOrder& order, const Visit& visit) {
    visit(state.links[state.copied_positions[order.position].link].usage);
    visit(state.account(order.follower)->risk.usage);
    visit(state.account(order.master)->risk.usage);
    visit(state.risk.usage);
}

// An order of an earlier session than the position's takes no part any more; one of a later session
// begins a new count.
void add_leaves(Leaves& leaves, std::int32_t day, Side side, Quantity quantity) {
    if (day < leaves.session_day) return;
    if (day > leaves.session_day) leaves = Leaves{.session_day = day, .buy = {}, .sell = {}};
    Quantity& sum = side == Side::buy ? leaves.buy : leaves.sell;
    sum = sum + quantity;
}

void remove_leaves(Leaves& leaves, std::int32_t day, Side side, Quantity quantity) {
    if (day != leaves.session_day) return;
    Quantity& sum = side == Side::buy ? leaves.buy : leaves.sell;
    sum = sum - quantity;
}

Money absolute(Money money) {
    return money.value() < 0 ? Money{} - money : money;
}

void detach(State& state, const FollowerOrder& order, Side side, const OrderShare& share) {
    if (!share.live) return;
    CopiedPosition& position = state.copied_positions[order.position];
    remove_leaves(position.leaves, order.session_day, side, share.leaves);
    for_each_usage(state, order, [&](Usage& usage) {
        --usage.open_orders;
        usage.capital = usage.capital - share.reserved;
    });
}

Quantity opened_by(const FollowerOrder& order) {
    return order.cum_qty > order.reducing ? order.cum_qty - order.reducing : Quantity{};
}

Quantity& opened(CopiedPosition& position, Side side) {
    return side == Side::buy ? position.opened_long : position.opened_short;
}

// What enlarged the position and came to nothing is no longer part of what reductions share in.
void shrink_anchor(CopiedPosition& position, const FollowerOrder& order, Quantity whole_before,
                   Quantity whole) {
    if (order.reducing.value() > 0 || whole >= whole_before) return;
    position.anchor_copy = std::max(Quantity{}, position.anchor_copy - (whole_before - whole));
}

// An order that was live until now; `close_failed` tells a person that nobody else will close.
void end(State& state, CopiedPosition& position, RowIndex row) {
    const auto place = std::ranges::lower_bound(position.live, row);
    if (place == position.live.end() || *place != row) return;
    position.live.erase(place);
    const FollowerOrder& order = state.follower_orders[row];
    if (closes(order.purpose) && order.cum_qty < order.terms.quantity &&
        position.filled.value() != 0) {
        position.close_failed = true;
    }
}

void attach(State& state, RowIndex row, const OrderShare& share) {
    const FollowerOrder& order = state.follower_orders[row];
    CopiedPosition& position = state.copied_positions[order.position];
    if (!share.live) return end(state, position, row);
    // An order that the broker shows against all expectation lives again.
    const auto place = std::ranges::lower_bound(position.live, row);
    if (place == position.live.end() || *place != row) position.live.insert(place, row);
    add_leaves(position.leaves, order.session_day, order.terms.side, share.leaves);
    for_each_usage(state, order, [&](Usage& usage) {
        ++usage.open_orders;
        usage.capital = usage.capital + share.reserved;
    });
}

}  // namespace

void attach_new(State& state, RowIndex order) {
    attach(state, order, share_of(state.follower_orders[order]));
}

OrderEdit::OrderEdit(State& state, const EventId& order)
    : state_(state),
      row_(row_of(state, order)),
      order_(state.follower_orders[row_]),
      side_(order_.terms.side),
      share_(share_of(order_)),
      whole_(order_.cum_qty + share_.leaves),
      opened_(opened_by(order_)) {}

OrderEdit::~OrderEdit() {
    const OrderShare share = share_of(order_);
    if (share != share_ || order_.terms.side != side_) {
        detach(state_, order_, side_, share_);
        attach(state_, row_, share);
    }
    CopiedPosition& position = state_.copied_positions[order_.position];
    opened(position, side_) = opened(position, side_) - opened_;
    opened(position, order_.terms.side) = opened(position, order_.terms.side) + opened_by(order_);
    shrink_anchor(position, order_, whole_, order_.cum_qty + share.leaves);
}

void OrderEdit::add_fill(Quantity last_qty, Money last_value) {
    if (last_qty.value() == 0) return;
    order_.cum_qty = order_.cum_qty + last_qty;
    order_.cum_value = order_.cum_value + last_value;
    CopiedPosition& position = state_.copied_positions[order_.position];
    const FillEffect effect =
        ledger::add_fill({.net = position.filled, .cost = position.cost},
                         {.side = order_.terms.side, .quantity = last_qty, .value = last_value});
    const Money capital_change = absolute(effect.position.cost) - absolute(position.cost);
    position.filled = effect.position.net;
    position.cost = effect.position.cost;
    if (position.filled.value() == 0) position.close_failed = false;
    const std::int32_t day = session_day(state_.calendar, state_.recorded_at_ns);
    for_each_usage(state_, order_, [&](Usage& usage) {
        usage.capital = usage.capital + capital_change;
        usage.realised = usage.realised_on(day) + effect.realised;
        usage.session_day = day;
    });
}

MasterOrderEdit::MasterOrderEdit(State& state, RowIndex order)
    : state_(state),
      order_(state.master_orders[order]),
      whole_(order_.cum_qty + order_.leaves_qty()) {
    remove_leaves(state_.master_positions[order_.position].leaves, order_.session_day,
                  order_.terms.side, order_.leaves_qty());
}

MasterOrderEdit::~MasterOrderEdit() {
    MasterPosition& position = state_.master_positions[order_.position];
    const Quantity leaves = order_.leaves_qty();
    add_leaves(position.leaves, order_.session_day, order_.terms.side, leaves);
    const Quantity whole = order_.cum_qty + leaves;
    if (order_.opens && whole < whole_) position.lost = position.lost + (whole_ - whole);
}

}  // namespace ledger::replication
