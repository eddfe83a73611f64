#include "ledger/text/rfc3339.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace rfc3339_test {

namespace {

using ledger::Errc;
using ledger::text::format_rfc3339;
using ledger::text::parse_rfc3339;

constexpr std::int64_t ns_per_second = 1'000'000'000;
constexpr std::int64_t ns_per_minute = 60 * ns_per_second;
constexpr std::int64_t ns_per_hour = 60 * ns_per_minute;
constexpr std::int64_t ns_per_day = 24 * ns_per_hour;
constexpr auto latest = std::numeric_limits<std::int64_t>::max();

std::int64_t instant(const std::string& text) {
    INFO(text);
    const auto parsed = parse_rfc3339(text);
    REQUIRE(parsed.has_value());
    return parsed.value();
}

void require_refused(const std::string& text) {
    INFO(text);
    const auto parsed = parse_rfc3339(text);
    REQUIRE(parsed.has_error());
    CHECK(parsed.error().code == Errc::invalid_input);
    CHECK_FALSE(parsed.error().detail.empty());
}

// "+05:30" for 330.
std::string offset_text(int minutes) {
    const int size = minutes < 0 ? -minutes : minutes;
    std::string text = minutes < 0 ? "-00:00" : "+00:00";
    text[1] = static_cast<char>('0' + size / 600);
    text[2] = static_cast<char>('0' + size / 60 % 10);
    text[4] = static_cast<char>('0' + size % 60 / 10);
    text[5] = static_cast<char>('0' + size % 10);
    return text;
}

}  // namespace

TEST_CASE("an instant is written in UTC with nine decimals", "[base]") {
    CHECK(format_rfc3339(0) == "1970-01-01T00:00:00.000000000Z");
    CHECK(format_rfc3339(1'795'252'500'123'456'789) == "2026-11-21T09:15:00.123456789Z");
    CHECK(format_rfc3339(951'868'799 * ns_per_second) == "2000-02-29T23:59:59.000000000Z");
    CHECK(format_rfc3339(latest) == "2262-04-11T23:47:16.854775807Z");
}

TEST_CASE("an instant before 1970 is written too", "[base]") {
    CHECK(format_rfc3339(-1) == "1969-12-31T23:59:59.999999999Z");
    CHECK(format_rfc3339(-ns_per_second) == "1969-12-31T23:59:59.000000000Z");
    CHECK(format_rfc3339(std::numeric_limits<std::int64_t>::min()) ==
          "1677-09-21T00:12:43.145224192Z");
}

TEST_CASE("every form of RFC 3339 names the same instant", "[base]") {
    constexpr auto expected = 1'795'252'500 * ns_per_second;
    for (const std::string text :
         {"2026-11-21T09:15:00Z", "2026-11-21t09:15:00z", "2026-11-21 09:15:00Z",
          "2026-11-21T09:15:00.0Z", "2026-11-21T09:15:00.000000000Z", "2026-11-21T09:15:00+00:00",
          "2026-11-21T09:15:00-00:00", "2026-11-21T14:45:00+05:30", "2026-11-21T00:15:00.00-09:00",
          "2026-11-20T09:16:00-23:59", "2026-11-22T09:14:00+23:59"}) {
        INFO(text);
        CHECK(instant(text) == expected);
    }
}

TEST_CASE("decimals of a second are nanoseconds", "[base]") {
    CHECK(instant("1970-01-01T00:00:00.5Z") == 500'000'000);
    CHECK(instant("1970-01-01T00:00:00.05Z") == 50'000'000);
    CHECK(instant("1970-01-01T00:00:01.000000001Z") == ns_per_second + 1);
    require_refused("1970-01-01T00:00:00.0000000001Z");
    require_refused("1970-01-01T00:00:00.0000000000Z");
    require_refused("1970-01-01T00:00:00.Z");
    require_refused("1970-01-01T00:00:00,5Z");
}

TEST_CASE("leap days exist in leap years only", "[base]") {
    CHECK(instant("2024-02-29T00:00:00Z") == 1'709'164'800 * ns_per_second);
    CHECK(instant("2000-02-29T23:59:59Z") == 951'868'799 * ns_per_second);
    CHECK(instant("2024-03-01T00:00:00Z") - instant("2024-02-28T00:00:00Z") == 2 * ns_per_day);
    require_refused("2023-02-29T00:00:00Z");
    require_refused("2100-02-29T00:00:00Z");
    require_refused("2024-02-30T00:00:00Z");
}

TEST_CASE("impossible dates, times and offsets are refused", "[base]") {
    for (const std::string text :
         {"2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-04-31T00:00:00Z",
          "2026-04-00T00:00:00Z", "2026-04-30T24:00:00Z", "2026-04-30T23:60:00Z",
          "2016-12-31T23:59:60Z", "2026-04-30T00:00:00+24:00", "2026-04-30T00:00:00+05:60"}) {
        require_refused(text);
    }
}

TEST_CASE("text that only resembles RFC 3339 is refused", "[base]") {
    for (const std::string text : {"",
                                   "Z",
                                   "2026-11-21",
                                   "2026-11-21T09:15Z",
                                   "2026-11-21T09:15:00",
                                   "2026-11-21T09:15:00.5",
                                   "2026-11-21T09:15:00ZZ",
                                   "2026-11-21T09:15:00Z ",
                                   " 2026-11-21T09:15:00Z",
                                   "2026/11/21T09:15:00Z",
                                   "2026-11-21_09:15:00Z",
                                   "2026-11-21T09.15.00Z",
                                   "2026-11-21T9:15:000Z",
                                   "+026-11-21T09:15:00Z",
                                   "2026-11-21T-1:15:00Z",
                                   "2026-11-21T09:15:00+0530",
                                   "2026-11-21T09:15:00+5:30",
                                   "2026-11-21T09:15:00+05:30Z",
                                   "2026-11-21T09:15:00+05:3",
                                   "2026-11-21T09:15:00+",
                                   "2026-11-21T09:15:00 IST"}) {
        require_refused(text);
    }
    require_refused(std::string{"2026-11-21T09:15:00Z\0", 21});
}

TEST_CASE("every place of the text is looked at", "[base]") {
    const std::string whole = "2026-11-21T09:15:00.5+05:30";
    REQUIRE(parse_rfc3339(whole).has_value());
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto damaged = whole;
        damaged[at] = 'x';
        require_refused(damaged);
    }
}

TEST_CASE("the years end at 1970 and 2262, to the nanosecond of UTC", "[base]") {
    CHECK(instant("1970-01-01T00:00:00Z") == 0);
    CHECK(instant("1969-12-31T23:59:00-00:01") == 0);
    CHECK(instant("2262-04-11T23:47:16.854775807Z") == latest);
    CHECK(instant("2262-04-12T23:46:16.854775807+23:59") == latest);
    require_refused("1969-12-31T23:59:59.999999999Z");
    require_refused("1970-01-01T00:00:59.999999999+00:01");
    require_refused("2262-04-11T23:47:16.854775808Z");
    require_refused("2262-04-11T23:47:17Z");
    require_refused("9999-12-31T23:59:59Z");
    require_refused("0000-01-01T00:00:00Z");
}

TEST_CASE("what is written reads back as the same instant", "[base]") {
    rc::prop("over the whole range", [] {
        const auto unix_ns = *rc::gen::inRange<std::int64_t>(0, latest);
        const auto parsed = parse_rfc3339(format_rfc3339(unix_ns));
        RC_ASSERT(parsed.has_value());
        RC_ASSERT(parsed.value() == unix_ns);
    });
}

TEST_CASE("texts sort as the instants do", "[base]") {
    rc::prop("before and after 1970", [](std::int64_t a, std::int64_t b) {
        RC_ASSERT((format_rfc3339(a) < format_rfc3339(b)) == (a < b));
    });
}

TEST_CASE("a local time lies its offset ahead of UTC", "[base]") {
    rc::prop("for every offset", [] {
        const int minutes = *rc::gen::inRange(-23 * 60 - 59, 24 * 60);
        const auto unix_ns =
            *rc::gen::inRange<std::int64_t>(2 * ns_per_day, latest - 2 * ns_per_day);
        auto text = format_rfc3339(unix_ns + minutes * ns_per_minute);
        text.pop_back();
        const auto parsed = parse_rfc3339(text + offset_text(minutes));
        RC_ASSERT(parsed.has_value());
        RC_ASSERT(parsed.value() == unix_ns);
    });
}

}  // namespace rfc3339_test
