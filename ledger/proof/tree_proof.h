// Proofs about a Merkle tree, made as RFC 9162 (sections 2.1.3.1 and 2.1.4.1) defines them. All
// require a tree that SubtreeHash has the leaves of; an error is SubtreeHash's own.
#pragma once

#include "ledger/proof/subtree.h"

#include <cstdint>
#include <vector>

namespace ledger::proof {

// Of the first `size` leaves.
[[nodiscard]] Result<Hash> tree_root(const SubtreeHash& hash_of, std::uint64_t size);

// That the leaf at `index` is among the first `size`. Requires index < size.
[[nodiscard]] Result<std::vector<Hash>> inclusion_proof(const SubtreeHash& hash_of,
                                                        std::uint64_t index, std::uint64_t size);

// That the tree of `first` leaves begins the tree of `second`. Requires first <= second. Empty
// where `first` is 0 or `second`: there is nothing to prove.
[[nodiscard]] Result<std::vector<Hash>> consistency_proof(const SubtreeHash& hash_of,
                                                          std::uint64_t first,
                                                          std::uint64_t second);

}  // namespace ledger::proof
