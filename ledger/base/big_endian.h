// Integers as big-endian bytes: the order of the bytes is the order of the numbers.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ledger {

inline void store_be64(std::uint64_t value, char* out) {
    for (std::size_t i = 8; i-- > 0; value >>= 8) out[i] = static_cast<char>(value & 0xff);
}

[[nodiscard]] inline std::uint64_t load_be64(const char* in) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) value = (value << 8) | static_cast<unsigned char>(in[i]);
    return value;
}

}  // namespace ledger
