// The commands that sum a directory up for a person.
#pragma once

#include "ledger/base/result.h"
#include "tools/exit_code.h"
#include "tools/read_commands.h"

#include <string>

namespace tools {

// Per follower: what was intended, skipped and became of it, and latency percentiles from the
// durable intent to the broker's acknowledgement.
[[nodiscard]] ledger::Result<ExitCode> run_summary(const ReadOptions& options);

// Holds the broker simulator's journal of accepted orders, an independent witness, against the
// order map: findings where an order is double, orphaned, missing or stands otherwise;
// outcomes_unknown where nothing differs but the ledger still waits for outcomes.
[[nodiscard]] ledger::Result<ExitCode> run_witness(const ReadOptions& options,
                                                   const std::string& journal_path);

}  // namespace tools
