// What exits close.
#pragma once

#include "ledger/replication/decide_internal.h"

namespace ledger::replication {

// Of what is held in the direction of `opened_by`: what no order that closes is under way for.
[[nodiscard]] Quantity closable(const State& state, const CopiedPosition& position, Side opened_by);

// A fill that came after the exit of its master order is closed, too. True where something is.
bool close_late_fill(const DecideContext& context, const FollowerOrder& copy, Consequences& out);

}  // namespace ledger::replication
