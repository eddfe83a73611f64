#include "ledger/log/tree_source.h"

#include <algorithm>
#include <cstddef>

namespace ledger::log {

Result<void> scan_leaves(const Journal& journal, std::uint64_t first, std::uint64_t end,
                         const std::function<void(const proof::Hash&)>& visit) {
    if (first >= end) return boost::outcome_v2::success();
    std::uint64_t next = first;
    // Leaf n is the record of sequence n + 1.
    BOOST_OUTCOME_TRYV(journal.scan(first + 1, end, [&](SequenceNumber, std::string_view record) {
        visit(proof::leaf_hash(record));
        ++next;
        return true;
    }));
    if (next != end) {
        return Error{Errc::corrupt, "the log ends before record " + std::to_string(end), {}};
    }
    return boost::outcome_v2::success();
}

Result<proof::CompactRange> tree_before_journal(const Journal& journal,
                                                std::span<const proof::Hash> tiles) {
    proof::CompactRange range;
    const std::uint64_t dropped = journal.first_sequence() - 1;
    for (std::uint64_t n = 0; n < std::min<std::uint64_t>(tiles.size(), dropped / tile_leaves);
         ++n) {
        range.append_subtree(tiles[n], tile_level);
    }
    // A beginning is dropped in whole tiles.
    if (range.size() == dropped) return range;
    BOOST_OUTCOME_TRYV(journal.read(1));
    return Error{Errc::unavailable, "the hashes of the dropped records are gone", {}};
}

TreeSource::TreeSource(const Journal& journal, std::span<const proof::Hash> tiles)
    : journal_(journal) {
    for (const proof::Hash& tile : tiles) add_tile(tile);
}

Result<proof::Hash> TreeSource::subtree(proof::Subtree place) const {
    if (const auto hash = known(place)) return *hash;
    if (place.level > tile_level) {
        const proof::Subtree left{.level = place.level - 1, .index = 2 * place.index};
        const proof::Subtree right{.level = place.level - 1, .index = 2 * place.index + 1};
        BOOST_OUTCOME_TRY(const proof::Hash left_hash, subtree(left));
        BOOST_OUTCOME_TRY(const proof::Hash right_hash, subtree(right));
        return proof::node_hash(left_hash, right_hash);
    }
    proof::CompactRange range;
    BOOST_OUTCOME_TRYV(scan_leaves(journal_, place.index << place.level,
                                   (place.index + 1) << place.level,
                                   [&](const proof::Hash& leaf) { range.append(leaf); }));
    return range.root();
}

std::optional<proof::Hash> TreeSource::known(proof::Subtree place) const {
    if (place.level < tile_level) return std::nullopt;
    const std::scoped_lock lock(mutex_);
    const std::size_t level = place.level - tile_level;
    if (level >= levels_.size() || place.index >= levels_[level].size()) return std::nullopt;
    return levels_[level][place.index];
}

void TreeSource::add_tile(const proof::Hash& root) {
    const std::scoped_lock lock(mutex_);
    levels_.front().push_back(root);
    for (std::size_t level = 0; levels_[level].size() % 2 == 0; ++level) {
        if (level + 1 == levels_.size()) levels_.emplace_back();
        const auto& pair = levels_[level];
        levels_[level + 1].push_back(proof::node_hash(pair[pair.size() - 2], pair.back()));
    }
}

std::vector<proof::Hash> TreeSource::tiles() const {
    const std::scoped_lock lock(mutex_);
    return levels_.front();
}

}  // namespace ledger::log
