// `copyledger serve`: HTTP, the sequencer, projections and executors in one process.
#pragma once

#include "ledger/base/result.h"
#include "tools/config.h"
#include "tools/exit_code.h"

#include <string>

namespace tools {

// Serves until SIGTERM or SIGINT. Prints "listening on http://HOST:PORT" when ready.
[[nodiscard]] ledger::Result<ExitCode> run_serve(const Config& config);

}  // namespace tools
