// What follows from an event: total, because choosing not to copy is itself an event with its
// reason and figures. For each link the pipeline reads map -> split -> size -> limit -> slice ->
// intend or skip (copy_plan.h); the next limit is one more row of the table in limits.cc.
#pragma once

#include "ledger/model/event.h"
#include "ledger/replication/marks.h"
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
                                              const Marks& marks, const Event& event);

}  // namespace ledger::replication
