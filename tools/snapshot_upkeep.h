// Snapshots put in order when a server starts: those of another version are removed, and what is
// missing is made again while the log is folded anyway. One that was changed is told of.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/proof/checkpoint.h"
#include "projections/ledger_view.h"
#include "tools/data_directory.h"

#include <cstdint>

namespace tools {

// corrupt, naming the file, where the snapshot of the sequence that `said`, a checkpoint, has the
// digests of holds something else. Where there is none, nothing is wrong.
[[nodiscard]] ledger::Result<void> check_signed_snapshot(const DataPaths& paths,
                                                         const ledger::proof::States& said);

// As load_view() of the whole log. Where it has to fold further than `every_events`, as after a
// change of the snapshots' version, it leaves a snapshot behind at each such step. The directory
// must be this process's own. corrupt where the snapshot to begin with is damaged, or is of a
// longer log than this.
[[nodiscard]] ledger::Result<projections::LedgerView> load_and_mend(
    const ledger::log::Journal& journal, const DataPaths& paths, std::uint64_t every_events,
    const FoldProgress& progress = {});

}  // namespace tools
