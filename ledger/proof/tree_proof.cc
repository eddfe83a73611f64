#include "ledger/proof/tree_proof.h"

#include "ledger/base/assert.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace ledger::proof {
namespace {

// Leaves [first, end), at least one.
struct Leaves {
    std::uint64_t first;
    std::uint64_t end;

    [[nodiscard]] std::uint64_t count() const { return end - first; }

    // Where the tree of these leaves is divided: the largest power of two below their count.
    [[nodiscard]] std::uint64_t middle() const { return first + std::bit_floor(count() - 1); }

    [[nodiscard]] Leaves left() const { return {first, middle()}; }

    [[nodiscard]] Leaves right() const { return {middle(), end}; }
};

// What divides leaves from the first of the log on at powers of two begins at multiples of them.
Result<Hash> root_of(const SubtreeHash& hash_of, Leaves leaves) {
    if (std::has_single_bit(leaves.count())) {
        const auto level = static_cast<unsigned>(std::countr_zero(leaves.count()));
        return hash_of(Subtree{.level = level, .index = leaves.first >> level});
    }
    BOOST_OUTCOME_TRY(const Hash left, root_of(hash_of, leaves.left()));
    BOOST_OUTCOME_TRY(const Hash right, root_of(hash_of, leaves.right()));
    return node_hash(left, right);
}

// The roots of what is left aside on the way down, the last of them first.
Result<std::vector<Hash>> roots_upwards(const SubtreeHash& hash_of, std::vector<Leaves> aside) {
    std::reverse(aside.begin(), aside.end());
    std::vector<Hash> proof;
    proof.reserve(aside.size());
    for (const Leaves leaves : aside) {
        BOOST_OUTCOME_TRY(const Hash root, root_of(hash_of, leaves));
        proof.push_back(root);
    }
    return proof;
}

}  // namespace

Result<Hash> tree_root(const SubtreeHash& hash_of, std::uint64_t size) {
    if (size == 0) return empty_tree_hash();
    return root_of(hash_of, Leaves{0, size});
}

Result<std::vector<Hash>> inclusion_proof(const SubtreeHash& hash_of, std::uint64_t index,
                                          std::uint64_t size) {
    LEDGER_ASSERT(index < size);
    std::vector<Leaves> aside;
    for (Leaves leaves{0, size}; leaves.count() > 1;) {
        const bool left = index < leaves.middle();
        aside.push_back(left ? leaves.right() : leaves.left());
        leaves = left ? leaves.left() : leaves.right();
    }
    return roots_upwards(hash_of, std::move(aside));
}

Result<std::vector<Hash>> consistency_proof(const SubtreeHash& hash_of, std::uint64_t first,
                                            std::uint64_t second) {
    LEDGER_ASSERT(first <= second);
    if (first == 0 || first == second) return std::vector<Hash>{};
    std::vector<Leaves> aside;
    Leaves leaves{0, second};
    while (leaves.end != first) {
        const bool left = first <= leaves.middle();
        aside.push_back(left ? leaves.right() : leaves.left());
        leaves = left ? leaves.left() : leaves.right();
    }
    // A subtree that is the whole first tree is known: its root is the first checkpoint's.
    if (leaves.first != 0) aside.push_back(leaves);
    return roots_upwards(hash_of, std::move(aside));
}

}  // namespace ledger::proof
