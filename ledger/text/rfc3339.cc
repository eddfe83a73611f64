#include "ledger/text/rfc3339.h"

#include "ledger/base/int128.h"
#include "ledger/base/time_units.h"
#include "ledger/text/digit.h"

#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>

#include <fmt/format.h>

namespace ledger::text {
namespace {

constexpr std::size_t decimals_max = 9;
// "2026-11-21T09:15:00"
constexpr std::size_t date_time_length = 19;

// `count` digits at `at`, which lie within the text; nothing where one is no digit.
std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(at, count)) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<std::chrono::sys_days> parse_date(std::string_view text) {
    if (text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits_at(text, 0, 4);
    const auto month = digits_at(text, 5, 2);
    const auto day = digits_at(text, 8, 2);
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

// "09:15" as minutes.
std::optional<std::chrono::minutes> parse_hours_minutes(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hours = digits_at(text, 0, 2);
    const auto minutes = digits_at(text, 3, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    return std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
}

// Unix time has no name for a leap second, so ":60" is refused.
std::optional<std::chrono::sys_seconds> parse_date_time(std::string_view text) {
    if (text.size() < date_time_length) return std::nullopt;
    if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return std::nullopt;
    const auto date = parse_date(text);
    const auto minutes = parse_hours_minutes(text.substr(11, 5));
    const auto seconds = digits_at(text, 17, 2);
    if (!date || !minutes || text[16] != ':' || !seconds || *seconds > 59) return std::nullopt;
    return *date + *minutes + std::chrono::seconds{*seconds};
}

// Removes ".123" from the front and returns it in nanoseconds; 0 where there is none.
std::optional<std::int64_t> take_fraction(std::string_view& rest) {
    if (rest.empty() || rest.front() != '.') return 0;
    std::int64_t fraction_ns = 0;
    std::size_t end = 1;
    for (; end < rest.size() && is_digit(rest[end]); ++end) {
        if (end > decimals_max) return std::nullopt;
        fraction_ns = fraction_ns * 10 + (rest[end] - '0');
    }
    if (end == 1) return std::nullopt;
    for (std::size_t decimals = end - 1; decimals < decimals_max; ++decimals) fraction_ns *= 10;
    rest.remove_prefix(end);
    return fraction_ns;
}

// What the local time is ahead of UTC.
std::optional<std::chrono::minutes> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return std::chrono::minutes{0};
    if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
    const auto ahead = parse_hours_minutes(text.substr(1));
    if (!ahead) return std::nullopt;
    return text.front() == '-' ? -*ahead : *ahead;
}

}  // namespace

std::string format_rfc3339(std::int64_t unix_ns) {
    std::int64_t seconds = unix_ns / ns_per_second;
    std::int64_t fraction_ns = unix_ns % ns_per_second;
    if (fraction_ns < 0) {
        fraction_ns += ns_per_second;
        --seconds;
    }
    const std::chrono::sys_seconds instant{std::chrono::seconds{seconds}};
    const auto midnight = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{midnight};
    const std::chrono::hh_mm_ss time{instant - midnight};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z", int{date.year()},
                       unsigned{date.month()}, unsigned{date.day()}, time.hours().count(),
                       time.minutes().count(), time.seconds().count(), fraction_ns);
}

Result<std::int64_t> parse_rfc3339(std::string_view text) {
    const auto local = parse_date_time(text);
    if (!local) return invalid_field("", "not an RFC 3339 date and time");
    auto rest = text.substr(date_time_length);
    const auto fraction_ns = take_fraction(rest);
    if (!fraction_ns) return invalid_field("", "not one to nine decimals of a second");
    const auto offset = parse_offset(rest);
    if (!offset) return invalid_field("", "neither 'Z' nor an offset at the end of the time");

    const auto seconds = (*local - *offset).time_since_epoch().count();
    const Int128 unix_ns = Int128{seconds} * ns_per_second + *fraction_ns;
    if (unix_ns < 0 || unix_ns > std::numeric_limits<std::int64_t>::max()) {
        return invalid_field("", "a time outside 1970 to 2262");
    }
    return static_cast<std::int64_t>(unix_ns);
}

}  // namespace ledger::text
