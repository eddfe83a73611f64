#include "ledger/replication/split_order.h"

namespace ledger::replication {

Split split_order(const Exposure& master, Side side, Quantity quantity) {
    const Quantity by_expected = reducible(master.expected, side, quantity);
    const Quantity by_filled = reducible(master.filled, side, quantity);
    const bool filled = by_filled > by_expected;
    const Quantity reducing = filled ? by_filled : by_expected;
    return {.reducing = reducing,
            .opening = quantity - reducing,
            .by_filled = filled,
            .before = magnitude(filled ? master.filled : master.expected)};
}

}  // namespace ledger::replication
