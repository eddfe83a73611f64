// The report of a day as one HTML page, to read and to print: everything it shows is in it.
#pragma once

#include "ledger/vault/subject_keys.h"
#include "projections/completeness.h"
#include "projections/day_figures.h"
#include "projections/ledger_view.h"
#include "tools/as_of.h"
#include "tools/day_range.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tools {

// The checkpoint by which the day's events can be proved, or as many of them as are signed.
struct CoveringCheckpoint {
    std::uint64_t tree_size = 0;
    std::string text;  // as it was signed
};

struct DayPage {
    std::string day;
    std::optional<ledger::AccountNumber> account{};  // of one follower alone
    SequenceRange range;
    Past known_at;                       // when the report was made: the whole log by then
    const projections::LedgerView& end;  // at the day's end
    const projections::DayFigures& figures;
    projections::CompletenessCounts outcomes;
    std::optional<CoveringCheckpoint> checkpoint{};
    ledger::vault::SubjectKeys subjects{};  // which open what is shown
};

[[nodiscard]] std::string day_page(const DayPage& page);

}  // namespace tools
