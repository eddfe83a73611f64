// `copyledger audit ...`: what an auditor asks of a log.
#pragma once

#include "ledger/base/result.h"
#include "projections/completeness.h"
#include "tools/exit_code.h"
#include "tools/read_commands.h"

namespace tools {

// Whether every master event of the range has one outcome for every follower that copied then, as
// of options.past. findings where one is missing or double.
[[nodiscard]] ledger::Result<ExitCode> run_completeness(
    const ReadOptions& options, const projections::CompletenessRange& range);

}  // namespace tools
