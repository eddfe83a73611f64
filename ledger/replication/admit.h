// The only step that can refuse. Order of checks: duplicate, then expected version, then validity.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/command.h"
#include "ledger/replication/policy.h"
#include "ledger/replication/state.h"

#include <cstdint>
#include <optional>

namespace ledger::replication {

// What a command becomes in the log.
struct Admission {
    EventId id;
    EventId causation;    // zero: it comes from outside
    EventId correlation;  // zero: its own id
    Payload payload;
};

// The identity of the fact that a command reports, which depends on the state where the source
// numbers nothing itself. Nothing for a command that is no report of an outside fact: its effect on
// the state tells whether it is a repetition.
[[nodiscard]] std::optional<EventId> identity_of(const State& state, const Command& command);

enum class Repetition {
    duplicate,  // same key, same content
    conflict,   // same key, other content
    collision,  // another key that hashes to the same id: refused loudly
};

// How a command relates to the event that the log holds under the command's identity.
[[nodiscard]] Repetition compare(const Event& recorded, const Command& command);

// What is to be recorded for a conflict.
[[nodiscard]] Admission conflict_of(const Event& recorded, const Command& command);

// Requires that the log holds no event of the command's identity. `now_ns` is the ledger's clock.
// Nothing where the state is already as the command wants it. Errc::conflict for what contradicts
// the state, not_found for what it does not hold, not_allowed for what may not happen now.
using Admitted = Result<std::optional<Admission>>;
[[nodiscard]] Admitted admit(const State& state, const Policy& policy, const Command& command,
                             std::int64_t now_ns);

}  // namespace ledger::replication
