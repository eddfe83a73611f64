// What is left of a copied position where nothing should be is closed at the market: the master is
// back at zero (I10), or the link has ended and its policy closes positions. Never as the direct
// consequence of a modify or cancel (I3), and once: when that comes to nothing, a person must look.
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

bool should_be_flat(const State& state, const CopiedPosition& position, const Consequences& out) {
    if (position.filled.value() == 0 || position.close_failed) return false;
    if (any_live(state, position, out)) return false;
    const Link& link = state.links[position.link];
    if (!link.copies()) return link.terms.on_leave == LeavePolicy::close_positions;
    const MasterPosition* master = state.master_position_of(position);
    return master != nullptr && is_back_at_zero(state, *master, position);
}

}  // namespace

void flatten(const DecideContext& context, const CopiedPosition& position, Consequences& out) {
    if (!should_be_flat(context.state, position, out)) return;
    const MasterPosition* master = context.state.master_position_of(position);
    LEDGER_ASSERT(master != nullptr);
    const Link& link = context.state.links[position.link];
    const Closing closing{.order = context.state.master_orders[master->latest_order],
                          .link = link,
                          .purpose = link.copies() ? OrderPurpose::flatten : OrderPurpose::leave};
    intend_close(context, closing, position, magnitude(position.filled), out);
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
