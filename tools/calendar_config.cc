#include "tools/calendar_config.h"

#include "ledger/text/decimal.h"
#include "tools/day.h"
#include "tools/settings/object_reader.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace tools {

using ledger::Result;
using ledger::text::JsonValue;
using settings::ObjectReader;

namespace {

constexpr std::size_t holidays_max = 10'000;

// Minutes of "09:15"; nothing unless it is a time of day.
std::optional<std::int32_t> parse_time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const std::size_t i : {0U, 1U, 3U, 4U}) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
    }
    const int hours = (text[0] - '0') * 10 + (text[1] - '0');
    const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
    if (hours > 23 || minutes > 59) return std::nullopt;
    return hours * 60 + minutes;
}

// Minutes of "+05:30"; no zone on Earth is further from UTC than fourteen hours.
std::optional<std::int32_t> parse_offset(std::string_view text) {
    constexpr std::int32_t most = 14 * 60;
    if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const auto minutes = parse_time_of_day(text.substr(1));
    if (!minutes || *minutes > most) return std::nullopt;
    return text[0] == '-' ? -*minutes : *minutes;
}

std::string time_of_day_text(std::int32_t minutes) {
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string offset_text(std::int32_t minutes) {
    return (minutes < 0 ? "-" : "+") + time_of_day_text(minutes < 0 ? -minutes : minutes);
}

std::vector<std::int32_t> read_holidays(ObjectReader& reader) {
    std::vector<std::int32_t> days;
    const JsonValue* list = reader.array("holidays");
    if (list == nullptr) return days;
    if (list->items().size() > holidays_max) reader.fail("holidays", "are too many");
    for (const JsonValue& item : list->items()) {
        const auto day = item.is(JsonValue::Kind::string) ? parse_day(item.text()) : std::nullopt;
        if (!day) {
            reader.fail("holidays", "is a list of days such as \"2026-01-26\"");
            return days;
        }
        days.push_back(*day);
    }
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

}  // namespace

Result<void> read_calendar(const JsonValue& object, Config& config) {
    ObjectReader reader{object, "calendar"};
    const auto offset =
        parse_offset(reader.text("utc_offset", offset_text(config.calendar.utc_offset_minutes)));
    if (!offset) reader.fail("utc_offset", "must be like \"+05:30\"");
    const auto start = parse_time_of_day(
        reader.text("session_start", time_of_day_text(config.calendar.session_start_minute)));
    if (!start) reader.fail("session_start", "must be like \"09:00\"");
    config.policy.weekends_closed =
        reader.boolean("weekends_closed", config.policy.weekends_closed);
    config.policy.holidays = read_holidays(reader);
    BOOST_OUTCOME_TRY(reader.finish());
    config.calendar = {.utc_offset_minutes = *offset, .session_start_minute = *start};
    return boost::outcome_v2::success();
}

std::string print_calendar(const Config& config) {
    std::string holidays;
    for (const std::int32_t day : config.policy.holidays) {
        holidays += (holidays.empty() ? "\"" : ", \"") + day_text(day) + '"';
    }
    return fmt::format(
        "[calendar]\nutc_offset = \"{}\"\nsession_start = \"{}\"\nweekends_closed = {}\n"
        "holidays = [{}]\n",
        offset_text(config.calendar.utc_offset_minutes),
        time_of_day_text(config.calendar.session_start_minute), config.policy.weekends_closed,
        holidays);
}

}  // namespace tools
