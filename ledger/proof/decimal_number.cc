#include "ledger/proof/decimal_number.h"

#include <charconv>
#include <limits>
#include <string>
#include <system_error>

namespace ledger::proof {

Result<std::uint64_t> parse_number(std::string_view text, std::string_view field) {
    // Other implementations count in signed numbers, and none counts that far.
    constexpr std::uint64_t number_max = std::numeric_limits<std::int64_t>::max();
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [parsed, error] = std::from_chars(text.data(), end, number);
    const bool leading_zero = text.size() > 1 && text.front() == '0';
    if (error != std::errc{} || parsed != end || leading_zero || number > number_max) {
        return invalid_field(std::string{field}, "is not a decimal number");
    }
    return number;
}

}  // namespace ledger::proof
