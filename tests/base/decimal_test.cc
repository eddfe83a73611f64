#include "ledger/text/decimal.h"

#include "ledger/base/int128.h"

#include <cstdint>
#include <limits>
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace decimal_test {

namespace {

using ledger::Errc;
using ledger::Int128;
using ledger::text::format_scaled;
using ledger::text::is_number_text;
using ledger::text::parse_integer;
using ledger::text::parse_scaled;

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

std::int64_t scaled(const std::string& text, int scale) {
    INFO(text);
    const auto parsed = parse_scaled(text, scale);
    REQUIRE(parsed.has_value());
    return parsed.value();
}

void require_refused(const std::string& text, int scale) {
    INFO(text);
    const auto parsed = parse_scaled(text, scale);
    REQUIRE(parsed.has_error());
    CHECK(parsed.error().code == Errc::invalid_input);
    CHECK(parsed.error().field.empty());
    CHECK_FALSE(parsed.error().detail.empty());
}

Int128 power_of_ten(int exponent) {
    Int128 power = 1;
    for (; exponent > 0; --exponent) power *= 10;
    return power;
}

// "12345" with 3 decimals is "12.345".
std::string with_point(std::uint32_t digits, std::size_t decimals) {
    auto text = std::to_string(digits);
    if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
    if (decimals > 0) text.insert(text.size() - decimals, ".");
    return text;
}

}  // namespace

TEST_CASE("a decimal is scaled exactly", "[base]") {
    CHECK(scaled("1405.05", 4) == 14'050'500);
    CHECK(scaled("1405.05", 2) == 140'505);
    CHECK(scaled("1406.0", 0) == 1406);
    CHECK(scaled("-0.05", 2) == -5);
    CHECK(scaled("0.1", 18) == 100'000'000'000'000'000);
    CHECK(scaled("10", 0) == 10);
}

TEST_CASE("zero has no sign and fits at any exponent", "[base]") {
    CHECK(scaled("0", 0) == 0);
    CHECK(scaled("-0", 0) == 0);
    CHECK(scaled("-0.000", 2) == 0);
    CHECK(scaled("0e999999999999999999999", 2) == 0);
    CHECK(scaled("0.0e-999999999999999999999", 0) == 0);
}

TEST_CASE("exponents move the point", "[base]") {
    CHECK(scaled("1e3", 0) == 1000);
    CHECK(scaled("1E+3", 0) == 1000);
    CHECK(scaled("10e-1", 0) == 1);
    CHECK(scaled("14050.5e-1", 2) == 140'505);
    CHECK(scaled("1.5e0", 1) == 15);
    CHECK(scaled("0.000000000000000000001e21", 0) == 1);
    CHECK(scaled("1000000000000000000000e-21", 0) == 1);
    CHECK(scaled("1e00000000000000000002", 0) == 100);
    CHECK(scaled("0." + std::string(1'233, '0') + "1e1234", 0) == 1);
    CHECK(scaled("1" + std::string(1'234, '0') + "e-1234", 0) == 1);
    require_refused("1e30", 0);
    require_refused("1e-1", 0);
    require_refused("1e2147483648", 0);
    require_refused("1e99999999999999999999999999", 0);
    require_refused("1e-99999999999999999999999999", 18);
}

TEST_CASE("decimals beyond the scale are refused unless they are zeros", "[base]") {
    CHECK(scaled("10.5000000000000000000000000", 1) == 105);
    require_refused("10.05", 1);
    require_refused("0.00000000000000000000000001", 18);
    const auto refused = parse_scaled("10.005", 2);
    REQUIRE(refused.has_error());
    CHECK(refused.error().detail == "more than 2 decimals");
}

TEST_CASE("the 64-bit limits are reached and not passed", "[base]") {
    CHECK(scaled("9223372036854775807", 0) == greatest);
    CHECK(scaled("-9223372036854775808", 0) == least);
    CHECK(scaled("922337203685477.5807", 4) == greatest);
    CHECK(scaled("-9.223372036854775808", 18) == least);
    CHECK(scaled("9223372036854775807000e-3", 0) == greatest);
    require_refused("9223372036854775808", 0);
    require_refused("-9223372036854775809", 0);
    require_refused("18446744073709551615", 0);
    require_refused("18446744073709551616", 0);
    require_refused("922337203685477.5808", 4);
    require_refused("10", 18);
    require_refused(std::string(100'000, '9'), 0);
}

TEST_CASE("what JSON would not call a number is refused", "[base]") {
    for (const std::string text :
         {"",      "-",   "+1",    "01",       "-01", "00",    ".5",      "1.",  "1.e1",
          "1e",    "1e+", "1e1.5", "1 ",       " 1",  "1,000", "0x10",    "--1", "1-",
          "1.2.3", "e5",  "NaN",   "Infinity", "one", "1e5e5", "\xD9\xA1"}) {
        INFO(text);
        CHECK_FALSE(is_number_text(text));
        require_refused(text, 4);
    }
    require_refused(std::string{"1\0", 2}, 0);
    CHECK(is_number_text("-12.50E+30"));
    CHECK(is_number_text("0"));
}

TEST_CASE("an integer may be written with zero decimals and with no others", "[base]") {
    CHECK(parse_integer("10").value() == 10);
    CHECK(parse_integer("10.0").value() == 10);
    CHECK(parse_integer("10.5").has_error());
}

TEST_CASE("a scaled integer is written without trailing zeros", "[base]") {
    CHECK(format_scaled(14'050'500, 4) == "1405.05");
    CHECK(format_scaled(14'050'000, 4) == "1405");
    CHECK(format_scaled(-5, 2) == "-0.05");
    CHECK(format_scaled(0, 4) == "0");
    CHECK(format_scaled(100, 0) == "100");
    CHECK(format_scaled(1, 18) == "0.000000000000000001");
    CHECK(format_scaled(greatest, 4) == "922337203685477.5807");
    CHECK(format_scaled(least, 0) == "-9223372036854775808");
    CHECK(format_scaled(least, 18) == "-9.223372036854775808");
}

TEST_CASE("what is written reads back as the same integer", "[base]") {
    rc::prop("at every scale", [](std::int64_t value) {
        const int scale = *rc::gen::inRange(0, 19);
        const auto text = format_scaled(value, scale);
        RC_ASSERT(is_number_text(text));
        const auto parsed = parse_scaled(text, scale);
        RC_ASSERT(parsed.has_value());
        RC_ASSERT(parsed.value() == value);
    });
}

TEST_CASE("scaling agrees with 128-bit arithmetic", "[base]") {
    rc::prop("for any digits, point, exponent and scale", [](std::uint32_t digits, bool negative) {
        const int decimals = *rc::gen::inRange(0, 12);
        const int exponent = *rc::gen::inRange(-12, 13);
        const int scale = *rc::gen::inRange(0, 10);
        const auto text = (negative ? "-" : "") +
                          with_point(digits, static_cast<std::size_t>(decimals)) + "e" +
                          std::to_string(exponent);

        // Expected: digits * 10^shift, where that is whole and fits.
        const Int128 sign = negative ? -1 : 1;
        const int shift = scale + exponent - decimals;
        const Int128 divisor = power_of_ten(shift < 0 ? -shift : 0);
        const Int128 scaled_up = sign * digits * power_of_ten(shift > 0 ? shift : 0);
        const bool expected = scaled_up % divisor == 0 && scaled_up / divisor >= least &&
                              scaled_up / divisor <= greatest;

        const auto parsed = parse_scaled(text, scale);
        RC_ASSERT(parsed.has_value() == expected);
        if (expected) RC_ASSERT(Int128{parsed.value()} == scaled_up / divisor);
    });
}

}  // namespace decimal_test
