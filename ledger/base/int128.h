// Exact scaling of 64-bit integers through 128 bits.
#pragma once

#include "ledger/base/assert.h"

#include <cstdint>
#include <limits>
#include <optional>

namespace ledger {

// Only a typedef takes __extension__, without which -Wpedantic refuses the type.
__extension__ typedef __int128 Int128;  // NOLINT(modernize-use-using)

// floor(value * numerator / denominator), rounding toward negative infinity; nothing when the
// result does not fit 64 bits. Requires denominator > 0.
[[nodiscard]] constexpr std::optional<std::int64_t> mul_div_floor(std::int64_t value,
                                                                  std::int64_t numerator,
                                                                  std::int64_t denominator) {
    LEDGER_ASSERT(denominator > 0);
    const Int128 product = Int128{value} * numerator;
    Int128 quotient = product / denominator;
    if (product % denominator < 0) --quotient;
    if (quotient > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    if (quotient < std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    return static_cast<std::int64_t>(quotient);
}

// Nothing when the sum does not fit 64 bits.
[[nodiscard]] constexpr std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
    return sum;
}

}  // namespace ledger
