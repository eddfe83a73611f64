#include "ledger/proof/compact_range.h"

#include "ledger/base/assert.h"

namespace ledger::proof {

void CompactRange::append_subtree(const Hash& root, unsigned level) {
    LEDGER_ASSERT(level < 64);
    const std::uint64_t leaves = std::uint64_t{1} << level;
    LEDGER_ASSERT(size_ % leaves == 0);
    Hash merged = root;
    // As a carry runs through the bits of a sum.
    for (std::uint64_t bit = leaves; (size_ & bit) != 0; bit <<= 1) {
        merged = node_hash(subtrees_.back(), merged);
        subtrees_.pop_back();
    }
    subtrees_.push_back(merged);
    size_ += leaves;
}

void CompactRange::append(const CompactRange& right) {
    auto subtree = right.subtrees_.begin();
    for (unsigned level = 64; level-- > 0;) {
        if ((right.size_ >> level & 1) != 0) append_subtree(*subtree++, level);
    }
}

Hash CompactRange::root() const {
    if (subtrees_.empty()) return empty_tree_hash();
    auto subtree = subtrees_.rbegin();
    Hash root = *subtree;
    while (++subtree != subtrees_.rend()) root = node_hash(*subtree, root);
    return root;
}

}  // namespace ledger::proof
