// Decimal text to scaled integers and back, exactly. No floating point anywhere.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ledger::text {

// Whether the text is a number as JSON writes one (RFC 8259, section 6), of any size.
[[nodiscard]] bool is_number_text(std::string_view text);

// An optional '-', digits, optionally '.' and digits, optionally an exponent as JSON writes it
// ("1e3", "1406.0", "-0.05"). Returns the value times 10^scale. Refuses (invalid_input, field
// empty) anything else, "01" and "+1" among it, more non-zero decimals than `scale`, and what does
// not fit 64 bits. Requires 0 <= scale <= 18.
[[nodiscard]] Result<std::int64_t> parse_scaled(std::string_view text, int scale);

// parse_scaled with scale 0: "10" and "10.0" are 10, "10.5" is refused.
[[nodiscard]] Result<std::int64_t> parse_integer(std::string_view text);

// "1405.05" for (14050500, 4): no trailing zeros, no exponent, "-" in front when negative.
[[nodiscard]] std::string format_scaled(std::int64_t value, int scale);

}  // namespace ledger::text
