// Snapshots put in order when a server starts: what cannot be used is removed, and what is missing
// is made again while the log is folded anyway.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "projections/ledger_view.h"
#include "tools/data_directory.h"

#include <cstdint>

namespace tools {

// As load_view() of the whole log. Where it has to fold further than `every_events`, as after a
// change of the snapshots' version, it leaves a snapshot behind at each such step. The directory
// must be this process's own.
[[nodiscard]] ledger::Result<projections::LedgerView> load_and_mend(
    const ledger::log::Journal& journal, const DataPaths& paths, std::uint64_t every_events,
    const FoldProgress& progress = {});

}  // namespace tools
