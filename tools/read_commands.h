// The commands that read a data directory, also that of a running server.
#pragma once

#include "ledger/base/result.h"
#include "tools/as_of.h"
#include "tools/exit_code.h"
#include "tools/output.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tools {

struct ReadOptions {
    std::string data;
    OutputFormat output = OutputFormat::jsonl;
    std::vector<std::pair<std::string, std::string>> filters;
    PastQuery past{};  // of events: only those; of views: as they were
};

// A view that is a command of the same name; its filters are the view's own.
struct ViewCommand {
    std::string_view name;
    const char* help;
};

[[nodiscard]] std::span<const ViewCommand> view_commands();

[[nodiscard]] ledger::Result<ExitCode> run_events(const ReadOptions& options, bool follow);
// One event, order, intent or account, whole. findings where there is none of that name.
[[nodiscard]] ledger::Result<ExitCode> run_show(const ReadOptions& options,
                                                const std::string& name);
// "accounts", "links", "orders", "mappings", "positions", "pending", ...; where an instant is asked
// for, standard error says which one the rows are from.
[[nodiscard]] ledger::Result<ExitCode> run_view(const ReadOptions& options,
                                                const std::string& view);

struct ReplayOptions {
    bool from_snapshot = false;
    bool check = false;  // compare with the digests of every stored snapshot
};

[[nodiscard]] ledger::Result<ExitCode> run_replay(const ReadOptions& options,
                                                  const ReplayOptions& replay);
// What is where, how big, and whether it can be read.
[[nodiscard]] ledger::Result<ExitCode> run_doctor(const ReadOptions& options);

}  // namespace tools
