// Snapshots of a LedgerView as files: a cache. Offset, digests and bytes are one file, written
// beside and renamed into place; one of another version is not used. No crash leaves a damaged one.
#pragma once

#include "ledger/base/result.h"
#include "projections/ledger_view.h"
#include "projections/snapshot_thinning.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace projections {

struct SnapshotInfo {
    std::string path;
    std::uint64_t sequence = 0;

    friend bool operator==(const SnapshotInfo&, const SnapshotInfo&) = default;
};

// Durable when this returns; then those that the limits leave no place for are removed. unavailable
// where the directory cannot be written: the ledger does without.
[[nodiscard]] ledger::Result<SnapshotInfo> write_snapshot(const LedgerView& view,
                                                          const std::string& directory,
                                                          const SnapshotLimits& limits = {});

// Newest first; empty where there is no such directory.
[[nodiscard]] std::vector<SnapshotInfo> list_snapshots(const std::string& directory);

// How much of a file is looked at before it is used. Damage that is found later, where an order is
// first asked for, ends the process with a message that names the file.
enum class SnapshotCheck {
    used,   // what is read of it
    whole,  // every byte
};

// As read_snapshot(), with the orders left on disk until they are asked for. Copies share the file.
[[nodiscard]] ledger::Result<LedgerView> open_snapshot(const std::string& path,
                                                       SnapshotCheck check);

// All in memory. corrupt where the file is damaged, or is not what write_snapshot() makes of the
// view that it holds; unavailable where it is of another version or cannot be read.
[[nodiscard]] ledger::Result<LedgerView> read_snapshot(const std::string& path);

// The digests that the file states and that its bytes have, without making a view of it.
struct SnapshotDigests {
    std::uint64_t sequence = 0;
    std::vector<std::pair<std::string, ledger::log::Checksum>> digests;
};

[[nodiscard]] ledger::Result<SnapshotDigests> read_snapshot_digests(const std::string& path);

}  // namespace projections
