#include "tools/why_command.h"

#include "tools/data_directory.h"
#include "tools/open_log.h"
#include "tools/progress.h"
#include "tools/why_gather.h"
#include "tools/why_text.h"

#include <cstdio>

#include <fmt/format.h>

namespace tools {

using ledger::Result;
using projections::LedgerView;

Result<ExitCode> run_why(const ReadOptions& options, const std::string& name) {
    if (options.output == OutputFormat::csv) {
        return ledger::invalid_field("output", "a tree has no rows: table, json or jsonl");
    }
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    LedgerView view;
    const auto load = [&]() -> Result<const LedgerView*> {
        ProgressBar bar{"folding the log"};
        BOOST_OUTCOME_TRY(view,
                          load_view(*journal, DataPaths{options.data}, journal->last_sequence(),
                                    [&](auto done, auto total) { bar.update(done, total); }));
        return &view;
    };
    BOOST_OUTCOME_TRY(Why why, gather_why(*journal, name, load));
    why.subjects = ledger::vault::SubjectKeys{DataPaths{options.data}.subjects()};
    std::string out;
    if (options.output == OutputFormat::table) {
        out = why_text(why);
    } else {
        append_why_json(why, out);
        out += '\n';
    }
    fmt::print("{}", out);
    return ExitCode::done;
}

}  // namespace tools
