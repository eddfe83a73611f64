#include "ledger/replication/own_copies.h"

#include <algorithm>

namespace ledger::replication {

Copies copies_of(const State& state, const MasterOrder& order, AccountNumber follower) {
    const auto follower_of = [&](RowIndex row) { return state.follower_orders[row].follower; };
    return std::ranges::equal_range(order.copies, follower, {}, follower_of);
}

}  // namespace ledger::replication
