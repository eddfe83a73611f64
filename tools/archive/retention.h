// How long what was recorded stays in the log.
#pragma once

#include <cstdint>

namespace tools {

// From when on a record of that time may be dropped: so many calendar years later, in UTC; of the
// 29th of February on the 1st of March where there is no such day. Nanoseconds since the Unix
// epoch. Requires a time and a number of years that end before the year 2262.
[[nodiscard]] std::int64_t droppable_from_ns(std::int64_t recorded_at_ns, std::uint32_t years);

}  // namespace tools
