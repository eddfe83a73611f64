// `copyledger diff`: what changed between two instants, from what to what, and by which events.
#pragma once

#include "ledger/base/result.h"
#include "tools/exit_code.h"
#include "tools/read_commands.h"

#include <string>

namespace tools {

struct DiffOptions {
    std::string from;  // a time or a sequence, each
    std::string to;    // empty: now
};

// Standard error says which instants they really are. done whether something differs or not.
[[nodiscard]] ledger::Result<ExitCode> run_diff(const ReadOptions& options,
                                                const DiffOptions& diff);

}  // namespace tools
