// Reads the members of the JSON objects that proofs are written in; every error names its member.
#pragma once

#include "ledger/base/byte_size.h"
#include "ledger/base/result.h"
#include "ledger/proof/tree_hash.h"
#include "ledger/text/json_value.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace ledger::proof {

inline constexpr text::JsonLimits proof_limits{
    .bytes_max = 8 * mib, .depth_max = 2, .values_max = 100};

// An object whose "type" is `type` and that has these members and no others.
[[nodiscard]] Result<text::JsonValue> parse_proof_object(
    std::string_view json, std::string_view type, std::initializer_list<std::string_view> members);

[[nodiscard]] Result<std::string> text_member(const text::JsonValue& object, std::string_view name);
// A decimal number in a string.
[[nodiscard]] Result<std::uint64_t> number_member(const text::JsonValue& object,
                                                  std::string_view name);
[[nodiscard]] Result<std::string> base64_member(const text::JsonValue& object,
                                                std::string_view name);
// The array "hashes".
[[nodiscard]] Result<std::vector<Hash>> hashes_member(const text::JsonValue& object);

}  // namespace ledger::proof
