// What the options of all commands are read into. For the command line's own files alone: CLI11 is
// dear to compile.
#pragma once

#include "ledger/base/result.h"
#include "projections/completeness.h"
#include "tools/archive/archive_command.h"
#include "tools/audit_commands.h"
#include "tools/day_command.h"
#include "tools/diff_command.h"
#include "tools/exit_code.h"
#include "tools/export_command.h"
#include "tools/import/import_command.h"
#include "tools/operator_command.h"
#include "tools/output.h"
#include "tools/read_commands.h"
#include "tools/simulate_command.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace tools {

struct Parsed {
    std::string data = "./copyledger-data";
    std::string output;
    std::string config_path;
    std::string listen;
    std::string name;
    bool flag = false;
    ReplayOptions replay;
    ImportCommand import;
    SimulateCommand simulate;
    OperatorOptions word;
    Resolution resolution;
    AuditOptions audit;
    KeygenOptions keygen;
    ArchiveOptions archive;
    std::vector<std::pair<std::string, std::string>> filters;
    PastQuery past;
    DiffOptions diff;
    DayOptions day;
    ExportOptions exported;
    projections::CompletenessRange completeness;
    std::function<ledger::Result<ExitCode>()> run;  // the command, after parsing

    [[nodiscard]] OutputFormat format() const {
        return parse_output_format(output).value_or(default_output_format());
    }

    [[nodiscard]] ReadOptions read() const { return {data, format(), filters, past}; }

    [[nodiscard]] OperatorOptions words() const {
        return {data, word.config_path, word.url, word.token_file, format()};
    }
};

// With the options that every command has.
CLI::App& add_command(CLI::App& app, Parsed& parsed, const std::string& name,
                      const std::string& help);

// The commands that read a data directory.
void add_read_commands(CLI::App& app, Parsed& parsed);

// Those of an auditor, and those of proofs and keys: after these.
void add_audit_commands(CLI::App& app, Parsed& parsed);
void add_proof_commands(CLI::App& app, Parsed& parsed);

}  // namespace tools
