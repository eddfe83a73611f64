// `copyledger report`: a day reconstructed, as a page for a person.
#pragma once

#include "ledger/base/result.h"
#include "tools/exit_code.h"
#include "tools/read_commands.h"

#include <string>

namespace tools {

struct DayOptions {
    std::string day;
    std::string account;  // number, username or broker's code; empty: all
    std::string out;      // an HTML file
};

[[nodiscard]] ledger::Result<ExitCode> run_day_report(const ReadOptions& options,
                                                      const DayOptions& wanted);

}  // namespace tools
