#include "ledger/text/round_decimal.h"

#include "ledger/base/int128.h"
#include "ledger/text/decimal.h"

#include <cstddef>

namespace ledger::text {

Result<std::int64_t> round_decimal(std::string_view text, int scale) {
    const auto point = text.find('.');
    const auto kept = point + 1 + static_cast<std::size_t>(scale);
    const bool plain = text.find_first_of("eE") == std::string_view::npos;
    if (point == std::string_view::npos || kept >= text.size() || !plain) {
        return parse_scaled(text, scale);
    }
    // What follows the kept decimals must be digits, too.
    if (!is_number_text(text)) return invalid_field("", "not a decimal number");
    std::string_view head = text.substr(0, kept);
    if (head.back() == '.') head.remove_suffix(1);
    BOOST_OUTCOME_TRY(const std::int64_t truncated, parse_scaled(head, scale));
    if (text[kept] < '5') return truncated;
    const auto rounded = checked_add(truncated, text.front() == '-' ? -1 : 1);
    if (!rounded) return invalid_field("", "too large a number");
    return *rounded;
}

}  // namespace ledger::text
