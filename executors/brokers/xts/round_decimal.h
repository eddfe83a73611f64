// A decimal of any length to a scaled integer, where an exact one cannot be had: averages.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string_view>

namespace executors::xts {

// The number in `text` (as JSON writes one) times 10^scale, to the nearest integer; a half goes
// away from zero. invalid_input for what is no number or does not fit.
[[nodiscard]] ledger::Result<std::int64_t> round_decimal(std::string_view text, int scale);

}  // namespace executors::xts
