// Reductions count on what there is to reduce, and on what working orders will bring. When less of
// it comes, they are cut, or they would open the other way.
#pragma once

#include "ledger/replication/decide_internal.h"

namespace ledger::replication {

// Copies that reduce on side `against` are cut to what covers them. `lost` is what this decision
// takes away of that: openings it gives up, and what it closes itself.
void cut_uncovered(const DecideContext& context, const CopiedPosition& position, Side against,
                   Quantity lost, Consequences& out);

}  // namespace ledger::replication
