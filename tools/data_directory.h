// Where things lie in a data directory, and how the log in it is folded.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/model/event.h"
#include "projections/ledger_view.h"
#include "projections/snapshot.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

// Of a file that is not whole yet: another name is made of it when it is.
inline constexpr std::string_view unfinished_suffix = ".part";

struct DataPaths {
    std::string directory;

    [[nodiscard]] std::string snapshots() const { return directory + "/snapshots"; }

    // The state after the last record that was archived and dropped: no cache.
    [[nodiscard]] std::string base() const { return directory + "/base"; }

    // Archives in place of what was dropped.
    [[nodiscard]] std::string archives() const { return directory + "/archives"; }

    [[nodiscard]] std::string vault_key() const { return directory + "/vault.key"; }

    // A key for each person.
    [[nodiscard]] std::string subjects() const { return directory + "/subjects"; }

    [[nodiscard]] std::string server() const { return directory + "/server"; }

    // What signs checkpoints, what will when the server starts next, and whose word is good.
    [[nodiscard]] std::string checkpoint_key() const { return directory + "/checkpoint.key"; }

    [[nodiscard]] std::string next_checkpoint_key() const { return checkpoint_key() + ".next"; }

    [[nodiscard]] std::string checkpoint_keys() const { return directory + "/checkpoint.pub"; }

    // The newest checkpoint.
    [[nodiscard]] std::string checkpoint() const { return directory + "/checkpoint"; }

    [[nodiscard]] std::string tree() const { return directory + "/tree"; }

    [[nodiscard]] std::string admin_token() const { return directory + "/admin.token"; }
};

// Called now and then with how far a fold has come.
using FoldProgress = std::function<void(std::uint64_t sequence, std::uint64_t last)>;

[[nodiscard]] ledger::Result<ledger::Event> read_event(const ledger::log::Journal& journal,
                                                       std::uint64_t sequence);

// Calls `visit` for the events first..last in order, if there are any. corrupt where a record is
// not what should stand at its place.
using EventVisit = std::function<void(const ledger::Event& event)>;
[[nodiscard]] ledger::Result<void> visit_records(const ledger::log::Journal& journal,
                                                 std::uint64_t first, std::uint64_t last,
                                                 const EventVisit& visit);

// Folds (view.sequence(), last] of the journal into the view.
[[nodiscard]] ledger::Result<void> fold(const ledger::log::Journal& journal, std::uint64_t last,
                                        projections::LedgerView& view,
                                        const FoldProgress& progress = {});

// All that a fold can begin with, newest first: the snapshots, and the state after what was
// dropped.
[[nodiscard]] std::vector<projections::SnapshotInfo> list_beginnings(const DataPaths& paths);

// The sequence of the newest of them at or before `last`, whether it can be used or not; 0: none.
[[nodiscard]] std::uint64_t nearest_snapshot(const DataPaths& paths, std::uint64_t last);

// The state before the first record that can be read: none, or that after what was dropped.
// unavailable, naming what to do, where that is lost; corrupt where it is damaged.
[[nodiscard]] ledger::Result<projections::LedgerView> load_beginning(
    const ledger::log::Journal& journal, const DataPaths& paths);

// The state at `last`: the newest usable snapshot at or before it, and the events since. A snapshot
// is a cache: one that cannot be used is passed over.
[[nodiscard]] ledger::Result<projections::LedgerView> load_view(const ledger::log::Journal& journal,
                                                                const DataPaths& paths,
                                                                std::uint64_t last,
                                                                const FoldProgress& progress = {});

}  // namespace tools
