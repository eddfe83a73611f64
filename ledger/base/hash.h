// FNV-1a, 64 bit: http://www.isthe.com/chongo/tech/comp/fnv/. The same on every machine.
#pragma once

#include <cstdint>
#include <string_view>

namespace ledger {

inline constexpr std::uint64_t fnv_basis = 0xcbf29ce484222325U;
inline constexpr std::uint64_t fnv_prime = 0x100000001b3U;

[[nodiscard]] constexpr std::uint64_t hash_text(std::string_view text, std::uint64_t seed) {
    std::uint64_t hash = fnv_basis ^ seed;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= fnv_prime;
    }
    return hash;
}

}  // namespace ledger
