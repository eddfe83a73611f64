#include "ledger/replication/evolve.h"

#include "ledger/replication/evolve_internal.h"

namespace ledger::replication {

void evolve(State& state, const Event& event) {
    std::visit([&](const auto& payload) { apply(state, event, payload); }, event.payload);
    state.sequence = event.sequence;
    state.recorded_at_ns = event.recorded_at_ns;
}

FollowerOrder& order_row(State& state, const EventId& order) {
    FollowerOrder* row = state.follower_order(order);
    LEDGER_ASSERT(row != nullptr);
    return *row;
}

}  // namespace ledger::replication
