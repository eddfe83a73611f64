// Proofs about a Merkle tree, checked by the algorithms of RFC 9162 (sections 2.1.3.2 and 2.1.4.2)
// and by nothing that makes them.
#pragma once

#include "ledger/base/result.h"
#include "ledger/proof/tree_hash.h"

#include <cstdint>
#include <span>

namespace ledger::proof {

struct TreeHead {
    std::uint64_t size = 0;
    Hash root{};

    friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

struct Leaf {
    std::uint64_t index = 0;
    Hash hash{};
};

// invalid_input where `proof` does not show that the leaf is in the tree; `field` names
// "leaf_index" or "hashes".
[[nodiscard]] Result<void> verify_inclusion(const Leaf& leaf, const TreeHead& tree,
                                            std::span<const Hash> proof);

// invalid_input where `proof` does not show that the first tree begins the second; `field` names
// "first", "second" or "hashes".
[[nodiscard]] Result<void> verify_consistency(const TreeHead& first, const TreeHead& second,
                                              std::span<const Hash> proof);

}  // namespace ledger::proof
