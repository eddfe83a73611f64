// I12: the past as it is asked for is the fold of the events up to then, and of nothing else.
#pragma once

#include "tests/simulation/checkers/evidence.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace simulation {

using AskPast = std::function<ledger::Result<projections::LedgerView>(std::uint64_t sequence)>;

// Asks for each of the sequences, which ascend.
void i12_as_of_is_the_prefix(const std::vector<ledger::Event>& log,
                             const std::vector<std::uint64_t>& sequences, const AskPast& ask,
                             Findings& findings);

}  // namespace simulation
