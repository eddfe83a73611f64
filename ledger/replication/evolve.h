// Folds one event into the state. Total: what is in the log has happened.
#pragma once

#include "ledger/model/event.h"
#include "ledger/replication/state.h"

namespace ledger::replication {

// Requires that every event before this one, from the first, is folded in already: a reference to
// a row that none of them made is a damaged log and asserts.
void evolve(State& state, const Event& event);

}  // namespace ledger::replication
