#pragma once

#include "ledger/model/order.h"

#include <cstdint>

namespace simulation {

// What a trade adds to a position.
[[nodiscard]] inline std::int64_t with_sign(ledger::Side side, ledger::Quantity quantity) {
    return side == ledger::Side::buy ? quantity.value() : -quantity.value();
}

}  // namespace simulation
