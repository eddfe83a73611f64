#include "ledger/replication/order_share.h"

#include "ledger/replication/order_status.h"

#include <algorithm>

namespace ledger::replication {

bool cancel_is_coming(const FollowerOrder& order) {
    return order.cancel_acknowledged ||
           std::ranges::any_of(order.changes, [](const Change& change) {
               return change.kind == IntentKind::cancel;
           });
}

const OrderTerms& terms_to_come(const FollowerOrder& order) {
    const bool changing = !order.changes.empty() && order.changes.back().kind == IntentKind::modify;
    return changing ? order.changes.back().terms : order.terms;
}

OrderShare share_of(const FollowerOrder& order) {
    OrderShare share{.live = !is_terminal(order.status), .leaves = {}, .reserved = {}};
    const Quantity whole = terms_to_come(order).quantity;
    if (!share.live || cancel_is_coming(order) || whole <= order.cum_qty) return share;
    share.leaves = whole - order.cum_qty;
    const Quantity opening = std::min(share.leaves, whole - order.reducing);
    if (opening.value() > 0) {
        share.reserved = value_of(order.reference, opening).value_or(Money{});
    }
    return share;
}

}  // namespace ledger::replication
