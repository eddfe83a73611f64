// The part of a master order's copies that belongs to one follower.
#pragma once

#include "ledger/replication/state.h"

#include <cstddef>
#include <span>

namespace ledger::replication {

// Rows of State::follower_orders that lie side by side, in slice order.
using Copies = std::span<const RowIndex>;

// Those of this follower; none where the order is not copied for it.
[[nodiscard]] Copies copies_of(const State& state, const MasterOrder& order,
                               AccountNumber follower);

// Calls `visit` with each follower's, in follower order.
template <class Visit>
void for_each_follower(const State& state, const MasterOrder& order, const Visit& visit) {
    Copies rest{order.copies};
    while (!rest.empty()) {
        const AccountNumber follower = state.follower_orders[rest.front()].follower;
        std::size_t count = 1;
        while (count < rest.size() && state.follower_orders[rest[count]].follower == follower) {
            ++count;
        }
        visit(rest.first(count));
        rest = rest.subspan(count);
    }
}

}  // namespace ledger::replication
