#include "tools/day_range.h"

#include "tools/as_of.h"
#include "tools/day.h"

namespace tools {

using ledger::Result;

Result<SequenceRange> events_of_day(const ledger::log::Journal& journal,
                                    const ledger::Calendar& calendar, const std::string& day) {
    const auto days = parse_day(day);
    if (!days) return ledger::invalid_field("day", "is YYYY-MM-DD");
    const std::int64_t begin_ns =
        *days * ledger::ns_per_day - calendar.utc_offset_minutes * ledger::ns_per_minute;
    BOOST_OUTCOME_TRY(const auto before, last_recorded_by(journal, begin_ns - 1));
    BOOST_OUTCOME_TRY(const auto last,
                      last_recorded_by(journal, begin_ns + ledger::ns_per_day - 1));
    return SequenceRange{before + 1, last};
}

}  // namespace tools
