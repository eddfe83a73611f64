// Sizes and indices of trees as text: decimal, without leading zeros.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string_view>

namespace ledger::proof {

// invalid_input, naming `field`, for anything else, and above 2^63 - 1.
[[nodiscard]] Result<std::uint64_t> parse_number(std::string_view text, std::string_view field);

}  // namespace ledger::proof
