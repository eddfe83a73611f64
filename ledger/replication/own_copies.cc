#include "ledger/replication/own_copies.h"

#include <algorithm>

namespace ledger::replication {

Copies copies_of(const State& state, const MasterOrder& order, AccountNumber follower) {
    const auto follower_of = [&](RowIndex row) { return state.follower_orders[row].follower; };
    const auto first = std::ranges::lower_bound(order.copies, follower, {}, follower_of);
    const auto last = std::ranges::upper_bound(order.copies, follower, {}, follower_of);
    return {first, last};
}

}  // namespace ledger::replication
