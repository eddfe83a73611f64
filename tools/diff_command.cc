#include "tools/diff_command.h"

#include "projections/difference.h"
#include "tools/as_of.h"
#include "tools/data_directory.h"
#include "tools/open_log.h"
#include "tools/progress.h"

#include <cstdio>

#include <fmt/format.h>

namespace tools {

using ledger::Result;
using projections::LedgerView;

namespace {

struct Span {
    Past from;
    Past to;
};

Result<Span> find_span(const ledger::log::Journal& journal, const DiffOptions& diff) {
    BOOST_OUTCOME_TRY(const Past from, find_past(journal, {diff.from, {}}, {"from", {}}));
    BOOST_OUTCOME_TRY(const Past to, find_past(journal, {diff.to, {}}, {"to", {}}));
    if (to.sequence < from.sequence) {
        return ledger::invalid_field("to", "is before `from`");
    }
    return Span{from, to};
}

}  // namespace

Result<ExitCode> run_diff(const ReadOptions& options, const DiffOptions& diff) {
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    BOOST_OUTCOME_TRY(const Span span, find_span(*journal, diff));
    fmt::print(stderr, "from: {}\nto:   {}\n", to_text(span.from), to_text(span.to));
    ProgressBar bar{"folding the log"};
    const auto progress = [&](auto done, auto total) { bar.update(done, total); };
    BOOST_OUTCOME_TRY(const LedgerView before,
                      load_past(*journal, DataPaths{options.data}, span.from, progress));
    LedgerView after = before;
    projections::Difference difference;
    BOOST_OUTCOME_TRY(visit_records(*journal, before.sequence() + 1, span.to.sequence,
                                    [&](const ledger::Event& event) {
                                        after.apply(event);
                                        difference.add(after, event);
                                        bar.update(event.sequence, span.to.sequence);
                                    }));
    const auto printer = RowPrinter::make(options.output, stdout);
    for (const auto& row : difference.rows(before, after)) printer->print(row);
    printer->finish();
    return ExitCode::done;
}

}  // namespace tools
