// Random runs of the whole ledger: each step is four numbers, read against the state at hand as
// something that a master's broker, an operator or an executor may well say next.
#pragma once

#include "ledger/model/command.h"
#include "ledger/replication/state.h"

#include <array>
#include <cstdint>
#include <vector>

#include <rapidcheck.h>

namespace ledger::test {

using Step = std::array<std::uint8_t, 4>;
using Steps = std::vector<Step>;

// A small number means no simpler step: all are drawn from the whole range, and only runs grow, up
// to a hundred times `growth`.
[[nodiscard]] rc::Gen<Steps> any_steps(double growth);
// Below `bound`, whatever the size of the run.
[[nodiscard]] std::size_t any_below(std::size_t bound);

// Two masters, each followed by the same three followers; one instrument in lots of 25.
[[nodiscard]] std::vector<Command> opening_commands();

[[nodiscard]] Command next_command(const replication::State& state, const Step& step);

// How long it takes before the step: now and then longer than an order may wait to be sent.
[[nodiscard]] std::int64_t pause_ns(const Step& step);

}  // namespace ledger::test
