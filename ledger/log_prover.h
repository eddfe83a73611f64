// Makes proofs of a log's records under its signed checkpoints. What is made has been checked.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/checkpoints.h"
#include "ledger/log/journal.h"
#include "ledger/log/tree_source.h"
#include "ledger/proof/proof_file.h"

#include <string>

namespace ledger {

class LogProver {
  public:
    // Both must outlive this.
    LogProver(const log::Journal& journal, const log::TreeSource& tree)
        : journal_(journal), tree_(tree) {}

    // The newest. not_found where nothing was ever signed.
    [[nodiscard]] Result<log::StoredCheckpoint> checkpoint() const;

    // That the record is under the checkpoint. unavailable where it came after it: the next one
    // has it. corrupt where the records are not those that were signed.
    [[nodiscard]] Result<proof::InclusionProof> inclusion(log::SequenceNumber sequence,
                                                          const proof::TreeHead& tree) const;

    // That the log of an earlier checkpoint begins that of a later one; the texts are kept as they
    // are. invalid_input where the first is none, or larger.
    [[nodiscard]] Result<proof::ConsistencyProof> consistency(std::string first,
                                                              std::string second) const;

  private:
    const log::Journal& journal_;
    const log::TreeSource& tree_;
};

}  // namespace ledger
