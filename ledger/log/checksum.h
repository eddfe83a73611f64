// XXH3-128 over stored bytes: finds accidents, proves nothing against an adversary.
#pragma once

#include <array>
#include <string_view>

namespace ledger::log {

// In canonical (big-endian) order, as it is stored.
using Checksum = std::array<char, 16>;

[[nodiscard]] Checksum checksum_of(std::string_view bytes);

}  // namespace ledger::log
