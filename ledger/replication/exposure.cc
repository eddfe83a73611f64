#include "ledger/replication/exposure.h"

#include "ledger/replication/order_share.h"

#include <algorithm>

namespace ledger::replication {

Exposure exposure_beside(const State& state, const MasterOrder& order) {
    const MasterPosition& position = state.master_positions[order.position];
    const std::int32_t today = state.today();
    const Side side = order.terms.side;
    const Quantity filled = position.filled - with_sign(side, order.cum_qty);
    Quantity leaves = position.leaves.net_on(today);
    if (order.session_day == today) leaves = leaves - with_sign(side, order.leaves_qty());
    return {.filled = filled, .expected = filled + leaves};
}

Exposure exposure_beside(const State& state, const CopiedPosition& position, Copies copies) {
    const std::int32_t today = state.today();
    Quantity filled = position.filled;
    Quantity leaves = position.leaves.net_on(today);
    for (const RowIndex index : copies) {
        const FollowerOrder& copy = state.follower_orders[index];
        const Side side = copy.terms.side;
        filled = filled - with_sign(side, copy.cum_qty);
        if (copy.session_day == today) leaves = leaves - with_sign(side, share_of(copy).leaves);
    }
    return {.filled = filled, .expected = filled + leaves};
}

Quantity reducible(Quantity position, Side side, Quantity quantity) {
    const bool against = side == Side::buy ? position.value() < 0 : position.value() > 0;
    return against ? std::min(magnitude(position), quantity) : Quantity{};
}

}  // namespace ledger::replication
