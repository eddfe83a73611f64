// `copyledger simulate`: what would be sent or skipped for each follower, and why. Nothing changes,
// and it works beside a running server.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/command.h"
#include "ledger/text/json_value.h"
#include "tools/exit_code.h"
#include "tools/output.h"

#include <string>
#include <vector>

namespace tools {

struct SimulateCommand {
    std::string data;
    std::string config_path;
    std::string order_file;  // a webhook's body, or an array of them, each held against the same
                             // state
    std::string as_of;       // a time or a sequence; empty: now
    std::string marks_file;  // as POST /api/marks takes them; empty: no last price is known
    OutputFormat output = OutputFormat::jsonl;
};

[[nodiscard]] ledger::Result<ExitCode> run_simulate(const SimulateCommand& command);

}  // namespace tools
