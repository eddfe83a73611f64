#include "ledger/text/decimal.h"

#include "ledger/base/assert.h"
#include "ledger/text/digit.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <optional>

namespace ledger::text {
namespace {

// 10^18 is the largest power of ten a 64-bit integer holds.
constexpr int scale_max = 18;
// Digits of an exponent that has reached this are dropped: only a text of 100 MB could make up for
// so many zeros, and one digit more still fits an int.
constexpr int exponent_reach = 100'000'000;

// The grammar's pieces of a number, each a view into the text.
struct NumberParts {
    bool negative = false;
    std::string_view whole;
    std::string_view decimals;
    int exponent = 0;
};

std::string_view take_digits(std::string_view& rest) {
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_digit);
    const auto digits = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    rest.remove_prefix(digits.size());
    return digits;
}

bool take(std::string_view& rest, char expected) {
    if (rest.empty() || rest.front() != expected) return false;
    rest.remove_prefix(1);
    return true;
}

// After the 'e': an optional sign and at least one digit.
std::optional<int> take_exponent(std::string_view& rest) {
    const bool negative = take(rest, '-');
    if (!negative) take(rest, '+');
    const auto digits = take_digits(rest);
    if (digits.empty()) return std::nullopt;
    int exponent = 0;
    for (const char c : digits) {
        if (exponent < exponent_reach) exponent = exponent * 10 + (c - '0');
    }
    return negative ? -exponent : exponent;
}

// RFC 8259, section 6.
std::optional<NumberParts> split_number(std::string_view text) {
    NumberParts parts;
    parts.negative = take(text, '-');
    parts.whole = take_digits(text);
    if (parts.whole.empty()) return std::nullopt;
    if (parts.whole.size() > 1 && parts.whole.front() == '0') return std::nullopt;
    if (take(text, '.')) {
        parts.decimals = take_digits(text);
        if (parts.decimals.empty()) return std::nullopt;
    }
    if (take(text, 'e') || take(text, 'E')) {
        const auto exponent = take_exponent(text);
        if (!exponent) return std::nullopt;
        parts.exponent = *exponent;
    }
    if (!text.empty()) return std::nullopt;
    return parts;
}

// Appends `c` to the decimal number `magnitude`; false where 64 bits do not hold it.
bool append_digit(std::uint64_t& magnitude, char c) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    return !__builtin_mul_overflow(magnitude, std::uint64_t{10}, &magnitude) &&
           !__builtin_add_overflow(magnitude, digit, &magnitude);
}

std::optional<std::int64_t> with_sign(std::uint64_t magnitude, bool negative) {
    constexpr auto positive_max =
        static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (magnitude > positive_max + (negative ? 1 : 0)) return std::nullopt;
    // Negating as unsigned keeps the least value, whose magnitude no int64 holds, defined.
    return static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
}

}  // namespace

bool is_number_text(std::string_view text) {
    return split_number(text).has_value();
}

Result<std::int64_t> parse_scaled(std::string_view text, int scale) {
    LEDGER_ASSERT(scale >= 0 && scale <= scale_max);
    const auto parts = split_number(text);
    if (!parts) return invalid_field("", "not a decimal number");

    std::string digits;
    digits.reserve(parts->whole.size() + parts->decimals.size());
    digits.append(parts->whole).append(parts->decimals);
    const auto significant = digits.find_last_not_of('0');
    if (significant == std::string::npos) return 0;

    // The value is digits[0..significant] followed by `zeros` zeros, once scaled.
    auto zeros = static_cast<std::int64_t>(digits.size() - significant - 1);
    zeros +=
        std::int64_t{parts->exponent} + scale - static_cast<std::int64_t>(parts->decimals.size());
    if (zeros < 0) {
        return invalid_field("", "more than " + std::to_string(scale) + " decimals");
    }
    digits.resize(significant + 1);

    std::uint64_t magnitude = 0;
    bool fits = true;
    for (const char c : digits) fits = fits && append_digit(magnitude, c);
    for (; fits && zeros > 0; --zeros) fits = append_digit(magnitude, '0');
    const auto value = fits ? with_sign(magnitude, parts->negative) : std::nullopt;
    if (!value) return invalid_field("", "too large a number");
    return *value;
}

Result<std::int64_t> parse_integer(std::string_view text) {
    return parse_scaled(text, 0);
}

std::string format_scaled(std::int64_t value, int scale) {
    LEDGER_ASSERT(scale >= 0 && scale <= scale_max);
    const auto decimals = static_cast<std::size_t>(scale);
    const auto bits = static_cast<std::uint64_t>(value);
    std::string text = std::to_string(value < 0 ? 0 - bits : bits);
    if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
    if (decimals > 0) {
        text.insert(text.size() - decimals, 1, '.');
        text.resize(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    if (value < 0) text.insert(0, 1, '-');
    return text;
}

}  // namespace ledger::text
