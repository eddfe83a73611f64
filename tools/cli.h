// The command line: what may be said, and which command it runs.
#pragma once

namespace tools {

// Returns the process's exit status (tools/exit_code.h).
[[nodiscard]] int run_cli(int argc, char** argv);

}  // namespace tools
