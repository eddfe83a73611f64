// The state as a writer takes it in whose restart is not sound.
#pragma once

#include "ledger/replication/state.h"
#include "tests/simulation/run/planted_bug.h"

namespace simulation {

// What it decides by is then not what the log says; only its own checker is to find that.
[[nodiscard]] bool is_in_writer(PlantedBug bug);

[[nodiscard]] ledger::replication::State as_taken_in(ledger::replication::State state,
                                                     PlantedBug bug);

}  // namespace simulation
