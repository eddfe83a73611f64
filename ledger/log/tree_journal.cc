#include "ledger/log/tree_journal.h"

#include "ledger/proof/tree_proof.h"

#include <algorithm>
#include <utility>

namespace ledger::log {
namespace {

Result<bool> has_root(const TreeSource& source, const proof::TreeHead& known) {
    BOOST_OUTCOME_TRY(const proof::Hash root, proof::tree_root(source.hashes(), known.size));
    return root == known.root;
}

struct KeptTiles {
    std::vector<proof::Hash> hashes;
    bool wrong = false;  // they do not lead to what is known: they, or the records
};

Result<KeptTiles> kept_tiles(const Journal& journal, const std::string& path,
                             const std::optional<proof::TreeHead>& known) {
    BOOST_OUTCOME_TRY(auto tiles, read_tree_file(path));
    // What nothing speaks for is computed again: tiles behind the known tree as those of no tree.
    const std::uint64_t covered = known ? known->size / tile_leaves : 0;
    tiles.resize(std::min<std::uint64_t>(tiles.size(), covered));
    if (tiles.empty()) return KeptTiles{};
    BOOST_OUTCOME_TRY(const bool right, has_root(TreeSource{journal, tiles}, *known));
    if (!right) return KeptTiles{{}, true};
    return KeptTiles{std::move(tiles)};
}

Error rewritten(const proof::TreeHead& known) {
    return Error{Errc::corrupt,
                 "the first " + std::to_string(known.size) +
                     " records are not those whose checkpoint was signed",
                 {}};
}

}  // namespace

TreeJournal::TreeJournal(Journal& below, std::span<const proof::Hash> tiles)
    : below_(below), source_(below, tiles) {
    for (const proof::Hash& tile : tiles) whole_tiles_.append_subtree(tile, tile_level);
}

Result<std::unique_ptr<TreeJournal>> TreeJournal::open(Journal& below, const std::string& tree_path,
                                                       const std::optional<proof::TreeHead>& known,
                                                       const Progress& progress) {
    const std::uint64_t size = below.last_sequence();
    if (known && known->size > size) return rewritten(*known);
    BOOST_OUTCOME_TRY(const KeptTiles kept, kept_tiles(below, tree_path, known));
    // Of what was dropped there is nothing else to tell by.
    if (kept.wrong && below.first_sequence() > 1) return tree_file_damaged(tree_path);
    auto journal = std::make_unique<TreeJournal>(below, kept.hashes);
    const std::uint64_t hashed = journal->whole_tiles_.size();
    std::uint64_t done = hashed;
    BOOST_OUTCOME_TRYV(scan_leaves(below, hashed, size, [&](const proof::Hash& leaf) {
        journal->add_leaf(leaf);
        if (progress && ++done % tile_leaves == 0) progress(done, size);
    }));
    if (known) {
        BOOST_OUTCOME_TRY(const bool right, has_root(journal->source_, *known));
        if (!right) return rewritten(*known);
    }
    if (kept.wrong) return tree_file_damaged(tree_path);
    journal->file_.emplace(tree_path, journal->source_.tiles());
    return journal;
}

void TreeJournal::add_leaf(const proof::Hash& leaf) {
    last_tile_.append(leaf);
    if (last_tile_.size() < tile_leaves) return;
    const proof::Hash tile = last_tile_.root();
    last_tile_ = {};
    whole_tiles_.append_subtree(tile, tile_level);
    source_.add_tile(tile);
    if (file_) file_->append(tile);
}

Result<void> TreeJournal::append(std::span<const JournalEntry> batch) {
    BOOST_OUTCOME_TRYV(below_.append(batch));
    for (const JournalEntry& entry : batch) add_leaf(proof::leaf_hash(entry.record));
    return boost::outcome_v2::success();
}

void TreeJournal::sync_file() {
    if (file_) file_->sync();
}

proof::TreeHead TreeJournal::head() const {
    proof::CompactRange all = whole_tiles_;
    all.append(last_tile_);
    return {.size = all.size(), .root = all.root()};
}

}  // namespace ledger::log
