// Everything in a data directory that can be held against something else.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/proof/checkpoint.h"
#include "projections/snapshot.h"
#include "tools/data_directory.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tools {

// Something that is not as it was written.
struct Finding {
    std::string where;  // "record 12", "snapshots/…", "checkpoint", ...
    std::string what;
};

// So many are told; a log that is not the one it was has them without end.
inline constexpr std::size_t findings_max = 100;

struct VerifiedLog {
    std::uint64_t first = 1;  // the oldest record that could be read
    std::uint64_t records = 0;
    std::uint64_t checkpoints = 0;  // in the log
    std::uint64_t snapshots = 0;
    std::uint64_t states = 0;  // that checkpoints in the log bear the digests of
    std::uint64_t copies = 0;  // of checkpoints, kept elsewhere
    std::vector<Finding> findings;
};

// A checkpoint that is kept outside the log.
struct KeptCheckpoint {
    std::string where;
    ledger::proof::Checkpoint checkpoint;
};

// What was there before the log was opened: the log must be as long.
struct Beside {
    std::vector<KeptCheckpoint> checkpoints;
    std::vector<projections::SnapshotInfo> snapshots;
};

// `keys` are believed. An error only where reading fails otherwise than by damage.
[[nodiscard]] ledger::Result<VerifiedLog> verify_log(const ledger::log::Journal& journal,
                                                     const DataPaths& paths,
                                                     std::vector<ledger::proof::VerifierKey> keys,
                                                     const Beside& beside);

}  // namespace tools
