#include "ledger/proof/tree_verify.h"

#include <bit>
#include <optional>

namespace ledger::proof {
namespace {

// "fn" and "sn" of the RFC: the node on the way up, and the last node, of the present level.
struct Way {
    std::uint64_t node;
    std::uint64_t last;

    [[nodiscard]] bool at_root() const { return last == 0; }

    // Whether the next hash stands left of the node: it is a right child, or the last of its level
    // and has no sibling on the right.
    [[nodiscard]] bool from_left() const { return (node & 1) != 0 || node == last; }

    void up() {
        node >>= 1;
        last >>= 1;
    }

    // A last node without a sibling stands for its parent, up to where it is a right child.
    void up_to_right_child() {
        while ((node & 1) == 0 && node != 0) up();
    }
};

Error wrong(std::string field, std::string detail) {
    return invalid_field(std::move(field), std::move(detail));
}

Error too_long() {
    return wrong("hashes", "the proof has more hashes than the tree is high");
}

Error too_short() {
    return wrong("hashes", "the proof has fewer hashes than the tree is high");
}

// Both roots that a consistency proof leads to.
struct Roots {
    Hash first;
    Hash second;
};

// Requires that `start` is the first hash of the way.
Result<Roots> climb(Way way, const Hash& start, std::span<const Hash> proof) {
    Roots roots{start, start};
    for (const Hash& hash : proof) {
        if (way.at_root()) return too_long();
        if (way.from_left()) {
            roots.first = node_hash(hash, roots.first);
            roots.second = node_hash(hash, roots.second);
            way.up_to_right_child();
        } else {
            roots.second = node_hash(roots.second, hash);
        }
        way.up();
    }
    if (!way.at_root()) return too_short();
    return roots;
}

Result<void> verify_trivial(const TreeHead& first, const TreeHead& second,
                            std::span<const Hash> proof) {
    if (!proof.empty()) return wrong("hashes", "there is nothing to prove, yet there is a proof");
    if (first.size == 0 && first.root != empty_tree_hash()) {
        return wrong("first", "the root of an empty tree is another");
    }
    if (first.size == second.size && first.root != second.root) {
        return wrong("second", "two roots for one size: the log was changed");
    }
    return boost::outcome_v2::success();
}

}  // namespace

Result<void> verify_inclusion(const Leaf& leaf, const TreeHead& tree, std::span<const Hash> proof) {
    if (leaf.index >= tree.size) {
        return wrong("leaf_index", "the leaf lies beyond the tree's " + std::to_string(tree.size));
    }
    BOOST_OUTCOME_TRY(const Roots roots,
                      climb(Way{.node = leaf.index, .last = tree.size - 1}, leaf.hash, proof));
    if (roots.second != tree.root) {
        return wrong("hashes", "the proof does not lead to the checkpoint's root");
    }
    return boost::outcome_v2::success();
}

Result<void> verify_consistency(const TreeHead& first, const TreeHead& second,
                                std::span<const Hash> proof) {
    if (first.size > second.size) return wrong("second", "it is smaller than the first");
    if (first.size == 0 || first.size == second.size) return verify_trivial(first, second, proof);
    Way way{.node = first.size - 1, .last = second.size - 1};
    while ((way.node & 1) != 0) way.up();
    // The proof leaves out a first hash that is the first tree's own root.
    Hash start = first.root;
    if (!std::has_single_bit(first.size)) {
        if (proof.empty()) return too_short();
        start = proof.front();
        proof = proof.subspan(1);
    }
    BOOST_OUTCOME_TRY(const Roots roots, climb(way, start, proof));
    if (roots.first != first.root) {
        return wrong("hashes", "the proof does not lead to the first checkpoint's root");
    }
    if (roots.second != second.root) {
        return wrong("hashes", "the proof does not lead to the second checkpoint's root");
    }
    return boost::outcome_v2::success();
}

}  // namespace ledger::proof
