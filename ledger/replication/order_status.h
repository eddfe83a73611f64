// The follower order's state machine: every legal transition, once.
#pragma once

#include "ledger/model/order.h"

namespace ledger::replication {

// May an order that stands at `from` come to stand at `to`? (spec/lessons.md's table, FIX 4.4.)
// Staying where it is counts as legal for an order that is at the broker.
[[nodiscard]] bool is_legal(OrdStatus from, OrdStatus to);

// No order at the broker, now or later, unless the broker says so against all rules.
[[nodiscard]] constexpr bool is_terminal(OrdStatus status) {
    switch (status) {
        case OrdStatus::filled:
        case OrdStatus::canceled:
        case OrdStatus::rejected:
        case OrdStatus::expired:
        case OrdStatus::not_placed:
        case OrdStatus::withdrawn:
            return true;
        case OrdStatus::intended:
        case OrdStatus::pending_new:
        case OrdStatus::unknown:
        case OrdStatus::new_:
        case OrdStatus::partially_filled:
            return false;
    }
    return false;
}

// It has ended, and yet a trade may come to light.
[[nodiscard]] constexpr bool may_fill_late(OrdStatus status) {
    return status == OrdStatus::canceled || status == OrdStatus::expired;
}

// Working at the broker: it can be modified and cancelled.
[[nodiscard]] constexpr bool is_working(OrdStatus status) {
    return status == OrdStatus::new_ || status == OrdStatus::partially_filled;
}

}  // namespace ledger::replication
