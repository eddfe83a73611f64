// What a fill makes of an open position, by average cost.
#pragma once

#include "ledger/model/money.h"
#include "ledger/model/order.h"

namespace ledger {

struct Fill {
    Side side = Side::buy;
    Quantity quantity;  // positive
    Money value;        // what it cost, or brought
};

struct OpenPosition {
    Quantity net;  // negative where it is short
    Money cost;    // of the open quantity: paid for it, or received where it is short
};

struct FillEffect {
    OpenPosition position;
    Money realised;
};

// Pure. A fill that crosses zero closes all that was open, at its own price, and opens the rest.
// Rounding (toward negative infinity) stays below one unit of Money per fill, and a position back
// at zero has a cost of zero.
[[nodiscard]] FillEffect add_fill(const OpenPosition& position, const Fill& fill);

}  // namespace ledger
