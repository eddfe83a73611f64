// The hashes of a log's tree: those of whole tiles from memory, all others from the records.
#pragma once

#include "ledger/log/journal.h"
#include "ledger/proof/compact_range.h"
#include "ledger/proof/subtree.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace ledger::log {

// 256 leaves, of which only the root is kept: 32 bytes for so many events.
inline constexpr unsigned tile_level = 8;
inline constexpr std::uint64_t tile_leaves = std::uint64_t{1} << tile_level;

// Any thread may ask that the journal lets read; tiles are added by one.
class TreeSource {
  public:
    // The journal must outlive this. The tiles are believed.
    TreeSource(const Journal& journal, std::span<const proof::Hash> tiles);

    // Requires records for all of its leaves. An error is the journal's.
    [[nodiscard]] Result<proof::Hash> subtree(proof::Subtree place) const;

    // For proofs; this must outlive it.
    [[nodiscard]] proof::SubtreeHash hashes() const {
        return [this](proof::Subtree place) { return subtree(place); };
    }

    void add_tile(const proof::Hash& root);

    [[nodiscard]] std::vector<proof::Hash> tiles() const;

  private:
    // Of whole tiles; nothing where they were not added.
    [[nodiscard]] std::optional<proof::Hash> known(proof::Subtree place) const;

    const Journal& journal_;
    mutable std::mutex mutex_;
    // The tiles, and above them the whole subtrees that they make, level by level.
    std::vector<std::vector<proof::Hash>> levels_{1};
};

// The tree before the first record that the journal can read, from the tiles that are kept of it.
// unavailable where they are too few.
[[nodiscard]] Result<proof::CompactRange> tree_before_journal(const Journal& journal,
                                                              std::span<const proof::Hash> tiles);

// The hashes of the leaves first, first + 1, ... below `end`, one after the other.
[[nodiscard]] Result<void> scan_leaves(const Journal& journal, std::uint64_t first,
                                       std::uint64_t end,
                                       const std::function<void(const proof::Hash&)>& visit);

}  // namespace ledger::log
