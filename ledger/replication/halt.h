// The kill switch, asked about one order.
#pragma once

#include "ledger/replication/decide_internal.h"

namespace ledger::replication {

// Everything, its master or its follower is halted.
[[nodiscard]] bool is_halted(const State& state, const FollowerOrder& order);

// Of an order that waits to be sent, what opens is given up; what reduces goes on (I9).
void give_up_opening(const DecideContext& context, const FollowerOrder& order, Consequences& out);

// The part of it that opens.
[[nodiscard]] inline Quantity opening_of(const FollowerOrder& order) {
    return order.terms.quantity - order.reducing;
}

}  // namespace ledger::replication
