#include "tools/day.h"

#include "ledger/model/calendar.h"
#include "ledger/text/rfc3339.h"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace tools {

namespace {

constexpr std::size_t date_bytes = 10;

std::chrono::year_month_day date_of(std::int32_t days) {
    return std::chrono::sys_days{std::chrono::days{days}};
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Whether `shape` stands at the front of the text, a '0' in it for any digit, and no digit follows.
bool begins_with_shape(std::string_view text, std::string_view shape) {
    if (text.size() < shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == '0' ? !is_digit(text[i]) : text[i] != shape[i]) return false;
    }
    return text.size() == shape.size() || !is_digit(text[shape.size()]);
}

std::optional<std::int32_t> day_at_front(std::string_view text) {
    constexpr std::array<std::string_view, 3> shapes{"0000-00-00", "0000_00_00", "00000000"};
    for (const std::string_view shape : shapes) {
        if (!begins_with_shape(text, shape)) continue;
        const std::size_t gap = shape.size() == date_bytes ? 1 : 0;
        const auto day = parse_day(fmt::format(
            "{}-{}-{}", text.substr(0, 4), text.substr(4 + gap, 2), text.substr(6 + 2 * gap, 2)));
        if (day) return day;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::int32_t> parse_day(std::string_view text) {
    if (text.size() != date_bytes) return std::nullopt;
    const auto midnight = ledger::text::parse_rfc3339(fmt::format("{}T00:00:00Z", text));
    if (!midnight) return std::nullopt;
    return static_cast<std::int32_t>(midnight.value() / ledger::ns_per_day);
}

std::string day_text(std::int32_t days) {
    const auto date = date_of(days);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::int32_t yyyymmdd(std::int32_t days) {
    const auto date = date_of(days);
    return static_cast<int>(date.year()) * 10'000 +
           static_cast<int>(static_cast<unsigned>(date.month())) * 100 +
           static_cast<int>(static_cast<unsigned>(date.day()));
}

std::optional<std::int32_t> day_in_name(std::string_view name) {
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (at > 0 && is_digit(name[at - 1])) continue;
        if (const auto day = day_at_front(name.substr(at))) return day;
    }
    return std::nullopt;
}

}  // namespace tools
