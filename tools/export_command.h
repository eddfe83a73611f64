// `copyledger audit export`: events or ExecutionReports in a file, for a day, an account, an order.
#pragma once

#include "ledger/base/result.h"
#include "tools/exit_code.h"
#include "tools/read_commands.h"

#include <cstdint>
#include <string>

namespace tools {

struct ExportOptions {
    std::string format;  // jsonl, csv or fix
    std::string out;
    std::string day;      // on the exchange's calendar, by when events were recorded
    std::string account;  // number, username or broker's code
    std::string order;    // id, ClOrdID or broker's order id
    std::uint64_t from = 1;
    std::uint64_t to = UINT64_MAX;
};

// The same range makes the same bytes. One that was interrupted goes on where it was, if it is
// asked for again in the same words; what was recorded meanwhile is not part of it.
[[nodiscard]] ledger::Result<ExitCode> run_export(const ReadOptions& options,
                                                  const ExportOptions& wanted);

}  // namespace tools
