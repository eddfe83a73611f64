#include "tools/snapshot_upkeep.h"

#include "projections/snapshot.h"
#include "tools/logging.h"
#include "tools/signed_log.h"

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace tools {

using ledger::Errc;
using ledger::Error;
using ledger::Result;
using projections::LedgerView;

namespace {

Error to_be_removed(const std::string& what) {
    return Error{Errc::corrupt, what + "; remove it, and it is made again", {}};
}

// Only what is durable in the log is in a snapshot.
Error beyond(const projections::SnapshotInfo& snapshot, std::uint64_t last) {
    return Error{
        Errc::corrupt,
        "the snapshot " + snapshot.path + " is of record " + std::to_string(snapshot.sequence) +
            ", the log has only " + std::to_string(last) +
            ": it was put back to an earlier day. Where that is meant, remove the snapshot",
        {}};
}

Result<LedgerView> newest_usable(const ledger::log::Journal& journal, const DataPaths& paths) {
    const std::uint64_t last = journal.last_sequence();
    for (const auto& snapshot : projections::list_snapshots(paths.snapshots())) {
        if (snapshot.sequence > last) return beyond(snapshot, last);
        auto view = projections::open_snapshot(snapshot.path, projections::SnapshotCheck::whole);
        if (view) return view;
        if (view.error().code == Errc::corrupt) return to_be_removed(view.error().detail);
        log_warning("{}; it is removed", view.error().detail);
        std::error_code ignored;  // it will be passed over again
        std::filesystem::remove(snapshot.path, ignored);
    }
    return load_beginning(journal, paths);
}

}  // namespace

Result<void> check_signed_snapshot(const DataPaths& paths, const ledger::proof::States& said) {
    for (const auto& snapshot : projections::list_snapshots(paths.snapshots())) {
        if (snapshot.sequence != said.sequence) continue;
        const auto kept = projections::read_snapshot_digests(snapshot.path);
        if (!kept) break;  // whoever loads it says so
        std::vector<projections::Digest> digests;
        for (const auto& [projection, digest] : kept.value().digests) {
            digests.push_back({projection, digest});
        }
        const auto held = as_states(said.sequence, digests);
        if (held.version == said.version && held.digests != said.digests) {
            return to_be_removed("the snapshot " + snapshot.path +
                                 " is not what the last checkpoint says");
        }
    }
    return boost::outcome_v2::success();
}

Result<LedgerView> load_and_mend(const ledger::log::Journal& journal, const DataPaths& paths,
                                 std::uint64_t every_events, const FoldProgress& progress) {
    const std::uint64_t last = journal.last_sequence();
    const FoldProgress of_all = [&](std::uint64_t done, std::uint64_t) {
        if (progress) progress(done, last);
    };
    const std::uint64_t step = projections::snapshot_distance(last, every_events);
    BOOST_OUTCOME_TRY(LedgerView view, newest_usable(journal, paths));
    while (last - view.sequence() > step) {
        BOOST_OUTCOME_TRY(fold(journal, view.sequence() + step, view, of_all));
        const auto written = projections::write_snapshot(view, paths.snapshots());
        if (!written) {
            log_warning("no snapshot at sequence {}: {}", view.sequence(), written.error().detail);
        }
    }
    BOOST_OUTCOME_TRY(fold(journal, last, view, of_all));
    return view;
}

}  // namespace tools
