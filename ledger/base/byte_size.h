// Sizes in bytes, to be multiplied: 16 * kib is a std::size_t, as 16 * 1024 is not.
#pragma once

#include <cstddef>

namespace ledger {

inline constexpr std::size_t kib = 1024;
inline constexpr std::size_t mib = 1024 * kib;

}  // namespace ledger
