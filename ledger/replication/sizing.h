// How much of a master's order a follower takes. Each strategy is one function of exact integers.
#pragma once

#include "ledger/model/event.h"

#include <cstdint>

namespace ledger::replication {

// What sizes are made of besides the master's quantity.
struct SizingBasis {
    Price reference;  // what one unit is worth; 0: nobody knows
    Money equity;     // of the follower; its capital for PERCENTAGE
    Money master_equity;
    std::int64_t equity_at_ns = 0;  // when the older of them was recorded; 0: never
    std::int64_t equity_age_ns_max = 0;
    std::int64_t now_ns = 0;
};

struct Sized {
    Quantity quantity;  // a positive multiple of the lot size, unless skipped
    SizingFigures figures;
    SkipReason skip = SkipReason::none;
};

// An order that opens. Requires master_quantity > 0. Rounded down to lots; below one lot it is
// skipped or, where the link says so, one lot.
//   FIXED_RATIO          floor(master_quantity * ratio)
//   PERCENTAGE           the most whose value is at most that percentage of the capital
//   FIXED_QUANTITY       the link's quantity
//   EQUITY_PROPORTIONAL  floor(master_quantity * equity / master_equity)
[[nodiscard]] Sized size_opening(const LinkTerms& link, const InstrumentRules& rules,
                                 Quantity master_quantity, const SizingBasis& basis);

// An order that reduces: how both stood when the master began to reduce, what he has left once this
// order is done, and what the follower has now; none with a sign.
struct Reduction {
    Quantity anchor_master;
    Quantity anchor_copy;
    Quantity master_left;
    Quantity copy;
};

// The follower keeps his share of what the master keeps, rounded down to lots, so that nothing is
// left of it where nothing is left of the master's; and never buys. What is to go, 0 or more.
[[nodiscard]] Quantity size_reduction(const Reduction& reduction, Quantity lot_size);

[[nodiscard]] constexpr Quantity round_to_lots(Quantity quantity, Quantity lot_size) {
    return Quantity{quantity.value() / lot_size.value() * lot_size.value()};
}

}  // namespace ledger::replication
