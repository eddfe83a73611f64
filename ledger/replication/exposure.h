// What is held and what will be held once every live order fills, seen from beside one order.
// Signed: negative is short.
#pragma once

#include "ledger/replication/own_copies.h"
#include "ledger/replication/state.h"

namespace ledger::replication {

struct Exposure {
    Quantity filled;
    Quantity expected;
};

// The master's, in the order's instrument and product, as if the order did not exist.
[[nodiscard]] Exposure exposure_beside(const State& state, const MasterOrder& order);

// The follower's copied one, as if these copies of the master's order did not exist.
[[nodiscard]] Exposure exposure_beside(const State& state, const CopiedPosition& position,
                                       Copies copies);

// How much of an order of this size and side goes against a position.
[[nodiscard]] Quantity reducible(Quantity position, Side side, Quantity quantity);

[[nodiscard]] constexpr Quantity with_sign(Side side, Quantity quantity) {
    return side == Side::buy ? quantity : Quantity{-quantity.value()};
}

[[nodiscard]] constexpr Side opposite(Side side) {
    return side == Side::buy ? Side::sell : Side::buy;
}

}  // namespace ledger::replication
