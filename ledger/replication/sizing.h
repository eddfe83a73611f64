// How much of a master's order a follower takes. Each strategy is one function of exact integers.
#pragma once

#include "ledger/model/event.h"

#include <optional>

namespace ledger::replication {

struct Sized {
    Quantity quantity;  // a positive multiple of the lot size, unless skipped
    SizingFigures figures;
    std::optional<SkipReason> skip;
};

// Requires master_quantity > 0. FIXED_RATIO: floor(master_quantity * ratio), rounded down to lots;
// below one lot it is skipped or, where the link says so, one lot.
[[nodiscard]] Sized size_order(const LinkTerms& link, const InstrumentRules& rules,
                               Quantity master_quantity);

}  // namespace ledger::replication
