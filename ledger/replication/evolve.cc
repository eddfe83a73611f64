#include "ledger/replication/evolve.h"

#include "ledger/replication/evolve_internal.h"

namespace ledger::replication {

void evolve(State& state, const Event& event) {
    state.sequence = event.sequence;
    state.recorded_at_ns = event.recorded_at_ns;
    std::visit([&](const auto& payload) { apply(state, event, payload); }, event.payload);
}

}  // namespace ledger::replication
