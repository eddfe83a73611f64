// Units of time as counts of nanoseconds.
#pragma once

#include <cstdint>

namespace ledger {

inline constexpr std::int64_t ns_per_ms = 1'000'000;
inline constexpr std::int64_t ns_per_second = 1'000 * ns_per_ms;

}  // namespace ledger
