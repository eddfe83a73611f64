#pragma once

namespace ledger::text {

// Decimal digits of ASCII alone, whatever the locale.
[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace ledger::text
