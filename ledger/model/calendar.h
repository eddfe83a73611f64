// The exchange's clock and when its trading day begins, as integers of the Unix epoch.
#pragma once

#include <cstdint>

namespace ledger {

struct Calendar {
    std::int32_t utc_offset_minutes = 0;    // of the exchange's clock; India: 330
    std::int32_t session_start_minute = 0;  // since midnight on that clock; daily figures begin

    friend bool operator==(const Calendar&, const Calendar&) = default;
};

inline constexpr std::int64_t ns_per_minute = 60'000'000'000;
inline constexpr std::int64_t ns_per_day = ns_per_minute * 60 * 24;

[[nodiscard]] constexpr std::int64_t floor_div(std::int64_t value, std::int64_t by) {
    return value / by - (value % by < 0 ? 1 : 0);
}

// Days of 1970-01-01 on the exchange's clock.
[[nodiscard]] constexpr std::int32_t local_day(const Calendar& calendar, std::int64_t at_ns) {
    const std::int64_t local_ns = at_ns + calendar.utc_offset_minutes * ns_per_minute;
    return static_cast<std::int32_t>(floor_div(local_ns, ns_per_day));
}

// The day whose session `at_ns` belongs to: before the session's start it is still the day before.
[[nodiscard]] constexpr std::int32_t session_day(const Calendar& calendar, std::int64_t at_ns) {
    return local_day(calendar, at_ns - calendar.session_start_minute * ns_per_minute);
}

// Minutes since midnight on the exchange's clock.
[[nodiscard]] constexpr std::int32_t minute_of_day(const Calendar& calendar, std::int64_t at_ns) {
    const std::int64_t local_ns = at_ns + calendar.utc_offset_minutes * ns_per_minute;
    const std::int64_t of_day_ns = local_ns - floor_div(local_ns, ns_per_day) * ns_per_day;
    return static_cast<std::int32_t>(of_day_ns / ns_per_minute);
}

}  // namespace ledger
