// Where things lie in a data directory, and how the log in it is folded.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/rocksdb_journal.h"
#include "ledger/model/event.h"
#include "projections/ledger_view.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace tools {

struct DataPaths {
    std::string directory;

    [[nodiscard]] std::string snapshots() const { return directory + "/snapshots"; }

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

// The sequence of the newest snapshot at or before `last`, whether it can be used or not; 0: none.
[[nodiscard]] std::uint64_t nearest_snapshot(const DataPaths& paths, std::uint64_t last);

// The state at `last`: the newest usable snapshot at or before it, and the events since. A snapshot
// is a cache: one that cannot be used is passed over.
[[nodiscard]] ledger::Result<projections::LedgerView> load_view(const ledger::log::Journal& journal,
                                                                const DataPaths& paths,
                                                                std::uint64_t last,
                                                                const FoldProgress& progress = {});

}  // namespace tools
