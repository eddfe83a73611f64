#include "tools/archive/retention.h"

#include <chrono>

namespace tools {

std::int64_t droppable_from_ns(std::int64_t recorded_at_ns, std::uint32_t years) {
    namespace chrono = std::chrono;
    const chrono::sys_time<chrono::nanoseconds> recorded{chrono::nanoseconds{recorded_at_ns}};
    const auto day = chrono::floor<chrono::days>(recorded);
    chrono::year_month_day date{day};
    date += chrono::years{years};
    if (!date.ok()) date = date.year() / chrono::March / 1;
    const auto later = chrono::sys_days{date} + (recorded - day);
    return later.time_since_epoch().count();
}

}  // namespace tools
