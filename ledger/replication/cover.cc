#include "ledger/replication/cover.h"

#include "ledger/replication/exposure.h"
#include "ledger/replication/halt.h"
#include "ledger/replication/order_share.h"

#include <algorithm>

namespace ledger::replication {

namespace {

// What is held and will be, less what other orders are closing already.
Quantity cover_of(const State& state, const CopiedPosition& position, Side against) {
    Quantity net = position.filled;
    for (const RowIndex index : position.live) {
        const FollowerOrder& order = state.follower_orders[index];
        if (order.terms.side == against && !closes(order.purpose)) continue;
        if (order.session_day != state.today()) continue;
        net = net + with_sign(order.terms.side, share_of(order).leaves);
    }
    return reducible(net, against, Quantity{quantity_max});
}

void cut(const DecideContext& context, const FollowerOrder& order, Quantity cover,
         Consequences& out) {
    OrderTerms terms = terms_to_come(order);
    const Quantity opening = terms.quantity - std::min(terms.quantity, order.reducing);
    const Quantity most = order.cum_qty + cover + opening;
    if (terms.quantity <= most) return;
    if (most <= order.cum_qty) {
        return cancel_order(context, order, SkipReason::nothing_to_reduce, out);
    }
    terms.quantity = most;
    SizingFigures figures;
    figures.reducing = most - opening;
    change_order(context, order, terms, figures, out);
}

}  // namespace

void cut_uncovered(const DecideContext& context, const CopiedPosition& position, Side against,
                   Quantity lost, Consequences& out) {
    const Quantity whole = cover_of(context.state, position, against);
    const Quantity cover = whole > lost ? whole - lost : Quantity{};
    for (const RowIndex index : position.live) {
        const FollowerOrder& order = context.state.follower_orders[index];
        const bool reduces = order.purpose == OrderPurpose::copy && order.terms.side == against &&
                             order.reducing.value() > 0;
        // Of one that may not open, what reduces is left, and no more is decided about it at once.
        const bool left = order.unsent() && order.reducing < order.terms.quantity &&
                          reason_not_to_open(context.state, order) != SkipReason::none;
        if (reduces && !left && can_change(order)) cut(context, order, cover, out);
    }
}

}  // namespace ledger::replication
