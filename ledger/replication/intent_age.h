// When an intent is too old to be sent.
#pragma once

#include "ledger/replication/policy.h"
#include "ledger/replication/state.h"

namespace ledger::replication {

// Cancels and what reduces never are. A copy of a market order ages like one, whatever became of
// its type.
[[nodiscard]] inline bool is_too_old(const State& state, const Policy& policy,
                                     const FollowerOrder& order, std::int64_t age_ns) {
    if (order.reducing.value() > 0) return false;
    const bool market = order.terms.type == OrderType::market ||
                        state.master_order_of(order).terms.type == OrderType::market;
    return policy.too_old(market ? OrderType::market : order.terms.type, age_ns);
}

}  // namespace ledger::replication
