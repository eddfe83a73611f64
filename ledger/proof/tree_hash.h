// The hashes of a Merkle tree as RFC 6962 (section 2.1) defines them, with SHA-256.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace ledger::proof {

using Hash = std::array<std::uint8_t, 32>;

[[nodiscard]] Hash sha256(std::string_view bytes);

// The root of a tree without leaves.
[[nodiscard]] Hash empty_tree_hash();

// Of a leaf: the bytes of one record.
[[nodiscard]] Hash leaf_hash(std::string_view record);

// Of the node above two others.
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);

}  // namespace ledger::proof
