// Base 64 as RFC 4648 (section 4) writes it, with padding. Each content has one text only.
#pragma once

#include "ledger/base/result.h"
#include "ledger/proof/tree_hash.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ledger::proof {

[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::string to_base64(std::span<const std::uint8_t> bytes);

// invalid_input, naming `field`, for anything that to_base64() does not write.
[[nodiscard]] Result<std::string> from_base64(std::string_view text, std::string_view field);

// A hash: 32 bytes, neither more nor less.
[[nodiscard]] Result<Hash> hash_from_base64(std::string_view text, std::string_view field);

}  // namespace ledger::proof
