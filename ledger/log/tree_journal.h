// A journal that hashes what it appends: the log's Merkle tree (RFC 6962, leaf n is the record of
// sequence n + 1) grows with the log, and its head is known at any time.
#pragma once

#include "ledger/log/journal.h"
#include "ledger/log/tree_file.h"
#include "ledger/log/tree_source.h"
#include "ledger/proof/compact_range.h"
#include "ledger/proof/tree_verify.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace ledger::log {

class TreeJournal final : public Journal {
  public:
    using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

    // Where the tree of the first records is known, as `known` says, the file at `tree_path` is
    // checked by it, and what it does not hold is hashed again. corrupt where the file says what
    // the records do not; or where the records themselves do not have this root: they are not
    // those that were signed. `below` must outlive this.
    [[nodiscard]] static Result<std::unique_ptr<TreeJournal>> open(
        Journal& below, const std::string& tree_path, const std::optional<proof::TreeHead>& known,
        const Progress& progress = {});

    [[nodiscard]] Result<void> append(std::span<const JournalEntry> batch) override;

    [[nodiscard]] SequenceNumber last_sequence() const override { return below_.last_sequence(); }

    [[nodiscard]] Result<std::optional<SequenceNumber>> find(const EventId& id) const override {
        return below_.find(id);
    }

    [[nodiscard]] SequenceNumber first_sequence() const override { return below_.first_sequence(); }

    [[nodiscard]] Result<std::string> read(SequenceNumber sequence) const override {
        return below_.read(sequence);
    }

    [[nodiscard]] Result<void> scan(SequenceNumber first, SequenceNumber last,
                                    const Visit& visit) const override {
        return below_.scan(first, last, visit);
    }

    [[nodiscard]] Result<std::vector<SequenceNumber>> entity_sequences(
        EntityKey entity, SequenceNumber first, std::size_t count_max) const override {
        return below_.entity_sequences(entity, first, count_max);
    }

    // Of all records. For the thread that appends.
    [[nodiscard]] proof::TreeHead head() const;

    // Before a checkpoint vouches for it: the file at `tree_path` survives the machine as it is.
    // For the thread that appends.
    void sync_file();

    // For any thread.
    [[nodiscard]] const TreeSource& source() const { return source_; }

    // Use open().
    TreeJournal(Journal& below, std::span<const proof::Hash> tiles);

  private:
    void add_leaf(const proof::Hash& leaf);

    Journal& below_;
    TreeSource source_;
    proof::CompactRange whole_tiles_;
    proof::CompactRange last_tile_;  // what stands behind them: fewer leaves than a tile has
    std::optional<TreeFile> file_;
};

}  // namespace ledger::log
