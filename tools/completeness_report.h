// The completeness of the log's outcomes as an answer: a row that sums up, and one for each
// finding.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "projections/completeness.h"
#include "projections/row.h"
#include "tools/as_of.h"
#include "tools/data_directory.h"

#include <string>
#include <vector>

namespace tools {

struct CompletenessReport {
    Past past;
    projections::CompletenessCounts counts;
    std::vector<projections::OutcomeFinding> findings;
};

// Of the master events in the range, what had become of them by then; reads the log alone. A master
// event and what was decided about it are one commit: where `asked` is in the midst of one, the
// answer is from before it.
[[nodiscard]] ledger::Result<CompletenessReport> check_completeness(
    const ledger::log::Journal& journal, const projections::CompletenessRange& range,
    const Past& asked, const FoldProgress& progress = {});

[[nodiscard]] projections::Row summary_row(const CompletenessReport& report);
[[nodiscard]] projections::Row finding_row(const projections::OutcomeFinding& finding);

// {"summary":{...},"findings":[...],"complete":true}, at most `findings_max` of them.
[[nodiscard]] std::string completeness_json(const CompletenessReport& report,
                                            std::size_t findings_max);

}  // namespace tools
