// `copyledger import`: a file's events into the log of a directory, or into a running server.
#pragma once

#include "ledger/base/result.h"
#include "tools/exit_code.h"
#include "tools/import/import_source.h"
#include "tools/output.h"

#include <string>

namespace tools {

struct ImportCommand {
    ImportOptions source;  // `account` holds what --master names
    std::string data;      // opened for writing, unless `url` is given
    std::string config_path;
    std::string url;         // of a running server: events go there as webhooks
    std::string token_file;  // else COPYLEDGER_TOKEN
    std::size_t connections = 16;
    std::uint32_t events_per_second = 0;  // 0: as fast as they are taken
    OutputFormat output = OutputFormat::jsonl;
};

// Repeatable: a second import of the same file adds nothing.
[[nodiscard]] ledger::Result<ExitCode> run_import(const ImportCommand& command);

// What became of the events.
struct ImportSummary {
    std::uint64_t events = 0;
    std::uint64_t recorded = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t refused = 0;
    std::uint64_t intended = 0;
    std::uint64_t skipped = 0;
};

// import_http.cc
[[nodiscard]] ledger::Result<ImportSummary> import_over_http(const ImportCommand& command,
                                                             ImportSource& source);

}  // namespace tools
