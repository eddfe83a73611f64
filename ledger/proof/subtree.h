// Where the hashes of a tree come from when proofs are made: whole subtrees, by their place.
#pragma once

#include "ledger/base/result.h"
#include "ledger/proof/tree_hash.h"

#include <cstdint>
#include <functional>

namespace ledger::proof {

// The 2^level leaves from index * 2^level on; at level 0, one leaf.
struct Subtree {
    unsigned level = 0;
    std::uint64_t index = 0;

    friend auto operator<=>(const Subtree&, const Subtree&) = default;
};

// The root of a subtree all of whose leaves there are.
using SubtreeHash = std::function<Result<Hash>(Subtree)>;

}  // namespace ledger::proof
