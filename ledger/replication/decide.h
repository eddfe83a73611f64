// What follows from an event: total, because choosing not to copy is itself an event with its
// reason and figures. The pipeline reads map -> size -> intend or skip; the next rule (a limit, a
// slice) goes between size and intend, in decide_new.cc and decide_change.cc.
#pragma once

#include "ledger/model/event.h"
#include "ledger/replication/policy.h"
#include "ledger/replication/state.h"

#include <vector>

namespace ledger::replication {

struct Consequence {
    EventId id;
    Payload payload;
};

// Requires that `event` is folded into `state` already. A consequence has none of its own.
[[nodiscard]] std::vector<Consequence> decide(const State& state, const Policy& policy,
                                              const Event& event);

}  // namespace ledger::replication
