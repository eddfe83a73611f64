// The signed checkpoints that stand in a log.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/proof/checkpoint.h"

#include <optional>
#include <string>
#include <string_view>

namespace ledger::log {

struct StoredCheckpoint {
    SequenceNumber sequence = 0;
    std::string note;
    proof::SignedCheckpoint read;
};

// What a CheckpointSigned of this sequence says. corrupt where its note is none, or is not of all
// the records before it.
[[nodiscard]] Result<StoredCheckpoint> read_checkpoint(SequenceNumber sequence, std::string note);

// The first that is of the records up to `sequence`, or stands there itself; the newest where those
// are not signed yet. Nothing where there is none.
[[nodiscard]] Result<std::optional<StoredCheckpoint>> checkpoint_over(const Journal& journal,
                                                                      SequenceNumber sequence);

// The newest; nothing where there is none.
[[nodiscard]] Result<std::optional<StoredCheckpoint>> last_checkpoint(const Journal& journal);

}  // namespace ledger::log
