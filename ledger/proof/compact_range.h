// The tree of a growing log in as few hashes as its size has bits set: the roots of its whole
// subtrees, the largest first.
#pragma once

#include "ledger/proof/tree_hash.h"

#include <cstdint>
#include <vector>

namespace ledger::proof {

class CompactRange {
  public:
    // How many leaves there are.
    [[nodiscard]] std::uint64_t size() const { return size_; }

    // A leaf, by its hash.
    void append(const Hash& leaf) { append_subtree(leaf, 0); }

    // The root of 2^level further leaves. Requires that size() is a multiple of that.
    void append_subtree(const Hash& root, unsigned level);

    // All leaves of `right`. Requires that size() is a multiple of a power of two above right's.
    void append(const CompactRange& right);

    [[nodiscard]] Hash root() const;

    friend bool operator==(const CompactRange&, const CompactRange&) = default;

  private:
    std::uint64_t size_ = 0;
    std::vector<Hash> subtrees_;
};

}  // namespace ledger::proof
