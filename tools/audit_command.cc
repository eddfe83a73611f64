#include "tools/audit_command.h"

#include "tools/completeness_report.h"
#include "tools/open_log.h"
#include "tools/progress.h"

#include <cstdio>

namespace tools {

using ledger::Result;

Result<ExitCode> run_completeness(const ReadOptions& options,
                                  const projections::CompletenessRange& range) {
    if (range.first > range.last) return ledger::invalid_field("to", "is before `from`");
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    BOOST_OUTCOME_TRY(const Past past, find_past(*journal, options.past));
    ProgressBar bar{"counting outcomes"};
    BOOST_OUTCOME_TRY(const CompletenessReport report,
                      check_completeness(*journal, range, past,
                                         [&](auto done, auto total) { bar.update(done, total); }));
    const auto printer = RowPrinter::make(options.output, stdout);
    printer->print(summary_row(report));
    for (const auto& finding : report.findings) printer->print(finding_row(finding));
    printer->finish();
    return report.findings.empty() ? ExitCode::done : ExitCode::findings;
}

}  // namespace tools
