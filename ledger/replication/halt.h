// What keeps an order that waits from opening anything.
#pragma once

#include "ledger/replication/decide_internal.h"

namespace ledger::replication {

// KILL_SWITCH where everything, its master or its follower is halted; ACCOUNT_CLOSED where the
// follower's account is closed; otherwise none.
[[nodiscard]] SkipReason reason_not_to_open(const State& state, const FollowerOrder& order);

// Of an order that waits to be sent and may not open, what opens is given up; what reduces goes on
// (I9).
void give_up_opening(const DecideContext& context, const FollowerOrder& order, Consequences& out);

// The part of it that opens.
[[nodiscard]] inline Quantity opening_of(const FollowerOrder& order) {
    return order.terms.quantity - order.reducing;
}

}  // namespace ledger::replication
