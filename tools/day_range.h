// Which events of a log were recorded on a day.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/model/calendar.h"

#include <cstdint>
#include <string>

namespace tools {

struct SequenceRange {
    std::uint64_t first = 1;
    std::uint64_t last = 0;  // below `first` where there is none
};

// From midnight to midnight on the calendar's clock. invalid_input naming "day" unless it is
// YYYY-MM-DD.
[[nodiscard]] ledger::Result<SequenceRange> events_of_day(const ledger::log::Journal& journal,
                                                          const ledger::Calendar& calendar,
                                                          const std::string& day);

}  // namespace tools
