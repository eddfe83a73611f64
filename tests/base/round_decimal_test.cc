#include "ledger/text/round_decimal.h"

#include <catch2/catch.hpp>

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
