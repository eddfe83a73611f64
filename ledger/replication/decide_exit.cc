// The exit of a master order or position: what works is cancelled, what filled is closed, by what
// was filled and not by what was asked.
#include "ledger/replication/cover.h"
#include "ledger/replication/decide_internal.h"
#include "ledger/replication/exit.h"
#include "ledger/replication/exposure.h"
#include "ledger/replication/order_share.h"
#include "ledger/replication/order_status.h"

#include <algorithm>

namespace ledger::replication {

namespace {

struct Exit {
    const DecideContext& context;
    const MasterOrder& order;
    Consequences& out;
};

// True where something was cancelled.
bool cancel_copy(const Exit& exit, const FollowerOrder& copy) {
    if (!can_change(copy)) return false;
    cancel_order(exit.context, copy, SkipReason::exit_requested, exit.out);
    return true;
}

void exit_copies(const Exit& exit, Copies copies) {
    const State& state = exit.context.state;
    const FollowerOrder& any = state.follower_orders[copies.front()];
    const std::size_t before = exit.out.size();
    Quantity closing;
    Quantity given_up;
    for (const RowIndex index : copies) {
        const FollowerOrder& copy = state.follower_orders[index];
        static_cast<void>(cancel_copy(exit, copy));
        closing = closing + (copy.cum_qty - copy.exited_qty);
        given_up = given_up + share_of(copy).leaves;
    }
    const CopiedPosition& position = state.position_of(any);
    const Link& link = state.links[position.link];
    closing = std::min(closing, closable(state, position, any.terms.side));
    intend_close(exit.context, {exit.order, link, OrderPurpose::exit}, position, closing, exit.out);
    const Quantity lost = given_up + closing;
    if (lost.value() > 0) {
        cut_uncovered(exit.context, position, opposite(any.terms.side), lost, exit.out);
    }
    if (exit.out.size() > before) return;
    exit.out.push_back(skip(exit.context, exit.order, any.follower,
                            Skip{IntentKind::cancel, SkipReason::order_done, {}}));
}

void exit_order(const Exit& exit) {
    const State& state = exit.context.state;
    for_each_follower(state, exit.order, [&](Copies copies) { exit_copies(exit, copies); });
    for_each_active_link(state, exit.order.account, [&](RowIndex, AccountNumber follower) {
        if (!copies_of(state, exit.order, follower).empty()) return;
        exit.out.push_back(skip(exit.context, exit.order, follower,
                                Skip{IntentKind::cancel, SkipReason::no_mapped_order, {}}));
    });
}

void exit_position(const Exit& exit, RowIndex link_index) {
    const State& state = exit.context.state;
    const MasterPosition& master = state.master_positions[exit.order.position];
    const Link& link = state.links[link_index];
    const CopiedPosition* position = state.copied_positions.find(
        CopiedPositionKey{link_index, master.instrument, master.product});
    const std::size_t before = exit.out.size();
    if (position != nullptr) {
        for (const RowIndex index : position->live) {
            const FollowerOrder& order = state.follower_orders[index];
            if (!closes(order.purpose)) static_cast<void>(cancel_copy(exit, order));
        }
        const Side side = position->filled.value() > 0 ? Side::buy : Side::sell;
        intend_close(exit.context, {exit.order, link, OrderPurpose::exit}, *position,
                     closable(state, *position, side), exit.out);
    }
    if (exit.out.size() > before || !link.copies()) return;
    exit.out.push_back(skip(exit.context, exit.order, link.follower,
                            Skip{IntentKind::cancel, SkipReason::no_mapped_order, {}}));
}

}  // namespace

Quantity closable(const State& state, const CopiedPosition& position, Side opened_by) {
    const Quantity held = reducible(position.filled, opposite(opened_by), Quantity{quantity_max});
    if (held.value() == 0) return {};
    // Other exits are under way already; what only reduces with the master is cancelled or not, and
    // must not be counted twice.
    Quantity closing;
    for (const RowIndex index : position.live) {
        const FollowerOrder& order = state.follower_orders[index];
        if (closes(order.purpose) && order.terms.side != opened_by) {
            closing = closing + (order.terms.quantity - order.cum_qty);
        }
    }
    return held > closing ? held - closing : Quantity{};
}

void decide_exit(const DecideContext& context, const ExitRequested& request, Consequences& out) {
    const MasterOrder* order = context.state.master_orders.find(request.master_order);
    LEDGER_ASSERT(order != nullptr);
    const Exit exit{context, *order, out};
    if (request.scope == ExitScope::order) return exit_order(exit);
    for (const RowIndex index : context.state.account(order->account)->links) {
        exit_position(exit, index);
    }
}

bool close_late_fill(const DecideContext& context, const FollowerOrder& copy, Consequences& out) {
    const State& state = context.state;
    const MasterOrder& order = state.master_order_of(copy);
    if (!state.is_exited(order) || copy.purpose != OrderPurpose::copy) return false;
    const CopiedPosition& position = state.position_of(copy);
    const Quantity late = copy.cum_qty - copy.exited_qty;
    const std::size_t before = out.size();
    intend_close(context, {order, state.links[position.link], OrderPurpose::exit}, position,
                 std::min(late, closable(state, position, copy.terms.side)), out);
    return out.size() > before;
}

}  // namespace ledger::replication
