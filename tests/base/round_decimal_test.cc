#include "ledger/text/round_decimal.h"

#include "ledger/text/decimal.h"

#include <cstdint>
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace round_decimal_test {

namespace {

using ledger::text::round_decimal;

}  // namespace

TEST_CASE("a decimal is rounded to the nearest, a half away from zero", "[base]") {
    CHECK(round_decimal("1405.08333333333333333", 4).value() == 14050833);
    CHECK(round_decimal("0.00005", 4).value() == 1);
    CHECK(round_decimal("-0.00005", 4).value() == -1);
    CHECK(round_decimal("0.000049999", 4).value() == 0);
    CHECK(round_decimal("2.5", 0).value() == 3);
    CHECK(round_decimal("1.5e1", 4).value() == 150000);
}

TEST_CASE("what is no number or does not fit is not rounded", "[base]") {
    CHECK_FALSE(round_decimal("1.00000x", 4));
    CHECK_FALSE(round_decimal("", 4));
    CHECK_FALSE(round_decimal("922337203685477.58075", 4));
}

TEST_CASE("a long decimal rounds as integers do", "[base]") {
    rc::prop("as integers round", [] {
        const auto value = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000'000);
        const std::string text = ledger::text::format_scaled(value, 8);
        RC_ASSERT(round_decimal(text, 4).value() == (value + 5'000) / 10'000);
    });
}

}  // namespace round_decimal_test
