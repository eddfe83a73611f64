#include "tools/day.h"

#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace tools::test::day_test {

TEST_CASE("a day is counted from 1970", "[tools]") {
    CHECK(parse_day("1970-01-01") == 0);
    CHECK(parse_day("1970-01-02") == 1);
    CHECK(parse_day("2026-11-20") == 20'777);
    CHECK(parse_day("2024-02-29") == parse_day("2024-03-01").value() - 1);
}

TEST_CASE("what is no day from 1970 on is none", "[tools]") {
    for (const char* text :
         {"", "2026-11-31", "2025-02-29", "2026-13-01", "2026-00-10", "20261120", "2026-11-2",
          "2026-11-200", "26-11-20", "1969-12-31", "2026/11/20", "2026-11-20 ", "2026-1a-20"}) {
        INFO(text);
        CHECK_FALSE(parse_day(text).has_value());
    }
}

TEST_CASE("days survive being written and read", "[tools]") {
    rc::prop("parse_day(day_text(day)) == day, and both forms agree", [] {
        const auto day = *rc::gen::inRange<std::int32_t>(0, 100'000);
        const std::string text = day_text(day);
        RC_ASSERT(parse_day(text) == day);
        std::string digits = text;
        std::erase(digits, '-');
        RC_ASSERT(std::to_string(yyyymmdd(day)) == digits);
    });
}

TEST_CASE("a file's name tells its trading day", "[tools]") {
    const auto day = parse_day("2026-11-20");
    for (const char* name :
         {"instruments-20261120.csv", "NSEFO_2026-11-20.txt", "NSEFO_2026_11_20.txt.gz", "20261120",
          "a.20261120.20261121", "99999999_20261120", "v2-2026-11-20"}) {
        INFO(name);
        CHECK(day_in_name(name) == day);
    }
}

TEST_CASE("a name without a day tells none", "[tools]") {
    for (const char* name : {"", "instruments.csv", "x20261131.csv", "120261120.csv",
                             "202611201.csv", "2026-11.csv", "2026-1120.csv", "2026-11_20.csv"}) {
        INFO(name);
        CHECK_FALSE(day_in_name(name).has_value());
    }
}

}  // namespace tools::test::day_test
