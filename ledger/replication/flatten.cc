// What is left of a copied position where nothing should be is closed at the market: the master is
// back at zero (I10), the position was exited, the link has ended and its policy closes positions,
// or it is held against the master. Never as the direct consequence of a modify or cancel (I3), and
// once: when that comes to nothing, a person must look.
#include "ledger/replication/decide_internal.h"

#include <algorithm>

namespace ledger::replication {

namespace {

bool is_back_at_zero(const State& state, const MasterPosition& master,
                     const CopiedPosition& position) {
    const Leaves& leaves = master.leaves;
    const bool working = leaves.session_day == state.today() &&
                         (leaves.buy.value() != 0 || leaves.sell.value() != 0);
    return master.filled.value() == 0 && !working && master.rounds > position.rounds;
}

// The order that a consequence ends before it was sent: no outcome of it will come.
const EventId* order_ended(const Payload& payload) {
    if (const auto* e = std::get_if<UnsentOrderWithdrawn>(&payload)) return &e->order;
    const auto* expired = std::get_if<IntentExpired>(&payload);
    return expired != nullptr && expired->intent == expired->order ? &expired->order : nullptr;
}

bool any_live(const State& state, const CopiedPosition& position, const Consequences& out) {
    const auto ended = std::ranges::count_if(out, [&](const Consequence& consequence) {
        const EventId* id = order_ended(consequence.payload);
        const FollowerOrder* order = id == nullptr ? nullptr : state.follower_order(*id);
        return order != nullptr && &state.position_of(*order) == &position;
    });
    return position.live.size() > static_cast<std::size_t>(ended);
}

// Held against the master, and more than was to be: orders that could no longer be cut have reduced
// more than was there.
Quantity carried_past_zero(const CopiedPosition& position, const MasterPosition& master) {
    const bool is_long = position.filled.value() > 0;
    const bool against = is_long ? master.filled.value() < 0 : master.filled.value() > 0;
    const Quantity held = magnitude(position.filled);
    const Quantity opened = is_long ? position.opened_long : position.opened_short;
    return against && held > opened ? held - opened : Quantity{};
}

// Nothing is under way, and no person has to look first.
bool is_at_rest(const State& state, const CopiedPosition& position, const Consequences& out) {
    return !position.close_failed && !any_live(state, position, out);
}

struct LeftOver {
    Quantity quantity;  // 0: nothing
    OrderPurpose purpose = OrderPurpose::flatten;
};

// What of the position is to be closed, and why.
LeftOver left_over(const State& state, const CopiedPosition& position,
                   const MasterPosition& master) {
    const Quantity held = magnitude(position.filled);
    if (master.exited_at > position.opened_at) return {held, OrderPurpose::exit};
    const Link& link = state.links[position.link];
    if (!link.copies() && link.terms.on_leave == LeavePolicy::close_positions) {
        return {held, OrderPurpose::leave};
    }
    if (link.copies() && is_back_at_zero(state, master, position)) return {held};
    return {carried_past_zero(position, master)};
}

}  // namespace

void flatten(const DecideContext& context, const CopiedPosition& position, Consequences& out) {
    const State& state = context.state;
    if (position.filled.value() == 0 || !is_at_rest(state, position, out)) return;
    const MasterPosition* master = state.master_position_of(position);
    LEDGER_ASSERT(master != nullptr);
    const LeftOver over = left_over(state, position, *master);
    const Closing closing{.order = state.master_orders[master->latest_order],
                          .link = state.links[position.link],
                          .purpose = over.purpose};
    intend_close(context, closing, position, over.quantity, out);
}

void flatten_all(const DecideContext& context, const MasterOrder& order, Consequences& out) {
    const MasterPosition& master = context.state.master_positions[order.position];
    if (master.filled.value() != 0) return;
    for (const RowIndex index : context.state.account(order.account)->links) {
        const CopiedPosition* position = context.state.copied_positions.find(
            CopiedPositionKey{index, master.instrument, master.product});
        if (position != nullptr) flatten(context, *position, out);
    }
}

}  // namespace ledger::replication
