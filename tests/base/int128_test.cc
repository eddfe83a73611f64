#include "ledger/base/int128.h"

#include <cstdint>
#include <limits>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace int128_test {

namespace {

using ledger::checked_add;
using ledger::Int128;
using ledger::mul_div_floor;

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("scaling rounds toward negative infinity", "[base]") {
    CHECK(mul_div_floor(7, 1, 2) == 3);
    CHECK(mul_div_floor(-7, 1, 2) == -4);
    CHECK(mul_div_floor(7, -1, 2) == -4);
    CHECK(mul_div_floor(-8, 1, 2) == -4);
    CHECK(mul_div_floor(0, -5, 3) == 0);
}

TEST_CASE("scaling passes through 128 bits and refuses what 64 do not hold", "[base]") {
    CHECK(mul_div_floor(greatest, greatest, greatest) == greatest);
    CHECK(mul_div_floor(least, greatest, greatest) == least);
    CHECK(mul_div_floor(least, least, greatest) == std::nullopt);
    CHECK(mul_div_floor(greatest, 2, 1) == std::nullopt);
    CHECK(mul_div_floor(least, 2, 1) == std::nullopt);
    CHECK(mul_div_floor(least, -1, 1) == std::nullopt);
}

TEST_CASE("the quotient is the greatest that does not pass the exact ratio", "[base]") {
    rc::prop("quotient * d <= v * n < (quotient + 1) * d", [](std::int64_t v, std::int64_t n) {
        const auto d = *rc::gen::inRange<std::int64_t>(1, greatest);
        const auto quotient = mul_div_floor(v, n, d);
        const Int128 product = Int128{v} * n;
        if (quotient) {
            RC_ASSERT(Int128{*quotient} * d <= product);
            RC_ASSERT(product < (Int128{*quotient} + 1) * d);
        } else {
            RC_ASSERT(product < Int128{least} * d || product >= (Int128{greatest} + 1) * d);
        }
    });
}

TEST_CASE("a sum that does not fit is nothing", "[base]") {
    CHECK(checked_add(2, 3) == 5);
    CHECK(checked_add(greatest, least) == -1);
    CHECK(checked_add(greatest, 1) == std::nullopt);
    CHECK(checked_add(least, -1) == std::nullopt);
}

}  // namespace int128_test
