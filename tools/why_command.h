// `copyledger why`: the causal chain of an event or order, from any of its nodes in both
// directions.
#pragma once

#include "ledger/base/result.h"
#include "tools/exit_code.h"
#include "tools/read_commands.h"

#include <string>

namespace tools {

// A tree for people, JSON for programs (jsonl: in one line). findings where nothing has that name.
[[nodiscard]] ledger::Result<ExitCode> run_why(const ReadOptions& options, const std::string& name);

}  // namespace tools
