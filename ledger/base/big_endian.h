// Integers as big-endian bytes: the order of the bytes is the order of the numbers.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace ledger {

// Its own inverse.
[[nodiscard]] inline std::uint64_t to_big_endian(std::uint64_t value) {
    return std::endian::native == std::endian::big ? value : __builtin_bswap64(value);
}

inline void store_be64(std::uint64_t value, char* out) {
    const std::uint64_t stored = to_big_endian(value);
    std::memcpy(out, &stored, sizeof stored);
}

[[nodiscard]] inline std::uint64_t load_be64(const char* in) {
    std::uint64_t stored = 0;
    std::memcpy(&stored, in, sizeof stored);
    return to_big_endian(stored);
}

}  // namespace ledger
