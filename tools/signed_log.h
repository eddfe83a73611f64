// The log of a data directory as `serve` writes it: hashed and signed. What stood in it before is
// held against its last checkpoint.
#pragma once

#include "ledger/log/rocksdb_journal.h"
#include "ledger/log/tree_journal.h"
#include "ledger/notary.h"
#include "projections/ledger_view.h"
#include "tools/checkpoint_copy.h"
#include "tools/data_directory.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tools {

// As a checkpoint bears them.
[[nodiscard]] ledger::proof::States as_states(std::uint64_t sequence,
                                              const std::vector<projections::Digest>& digests);

class SignedLog {
  public:
    // corrupt where the records are not those of the last checkpoint or of its copy, or where none
    // of the directory's keys signed it. The journal must outlive this.
    [[nodiscard]] static ledger::Result<std::unique_ptr<SignedLog>> open(
        ledger::log::RocksdbJournal& journal, const DataPaths& paths, const std::string& witness);

    SignedLog(std::unique_ptr<ledger::log::TreeJournal> tree, ledger::proof::SignerKey key,
              DataPaths paths, const std::string& witness);

    // What the sequencer appends to.
    [[nodiscard]] ledger::log::TreeJournal& journal() { return *tree_; }

    // What the last checkpoint says of the projections; of sequence 0 where it says nothing.
    [[nodiscard]] const ledger::proof::States& signed_states() const { return signed_states_; }

    // Once, before the writer's thread runs; a key that waits takes over. The sequencer, which must
    // be over journal(), outlives this.
    [[nodiscard]] ledger::Result<void> begin_signing(ledger::Sequencer& sequencer);

    // Requires begin_signing().
    [[nodiscard]] ledger::Notary& notary() { return *notary_; }

  private:
    std::unique_ptr<ledger::log::TreeJournal> tree_;
    std::optional<ledger::proof::SignerKey> key_;  // until begin_signing()
    DataPaths paths_;
    CheckpointCopy copy_;
    std::uint64_t signed_to_ = 0;
    ledger::proof::States signed_states_;
    std::optional<ledger::Notary> notary_;
};

}  // namespace tools
