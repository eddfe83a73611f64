// COPYLEDGER_KILL_AT: where a test has this process die (docs/crash-matrix.md).
#pragma once

#include "ledger/base/result.h"

namespace tools {

// Does nothing where the environment does not say so; invalid_input where it names no such place.
[[nodiscard]] ledger::Result<void> heed_kill_setting();

}  // namespace tools
