#include "tools/snapshot_upkeep.h"

#include "projections/snapshot.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include <spdlog/spdlog.h>

namespace tools {

using ledger::Result;
using projections::LedgerView;

namespace {

// Whatever lies beyond the log is of another one: the log says what has happened.
LedgerView newest_usable(const DataPaths& paths, std::uint64_t last) {
    for (const auto& snapshot : projections::list_snapshots(paths.snapshots())) {
        if (snapshot.sequence <= last) {
            auto view = projections::read_snapshot(snapshot.path);
            if (view) return std::move(view).value();
        }
        spdlog::warn("the snapshot {} is of no use and is removed", snapshot.path);
        std::error_code ignored;  // it will be passed over again
        std::filesystem::remove(snapshot.path, ignored);
    }
    return {};
}

}  // namespace

Result<LedgerView> load_and_mend(const ledger::log::Journal& journal, const DataPaths& paths,
                                 std::uint64_t every_events, const FoldProgress& progress) {
    const std::uint64_t last = journal.last_sequence();
    const FoldProgress of_all = [&](std::uint64_t done, std::uint64_t) {
        if (progress) progress(done, last);
    };
    const std::uint64_t step = projections::snapshot_distance(last, every_events);
    LedgerView view = newest_usable(paths, last);
    while (last - view.sequence() > step) {
        BOOST_OUTCOME_TRY(fold(journal, view.sequence() + step, view, of_all));
        const auto written = projections::write_snapshot(view, paths.snapshots());
        if (!written) {
            spdlog::warn("no snapshot at sequence {}: {}", view.sequence(), written.error().detail);
        }
    }
    BOOST_OUTCOME_TRY(fold(journal, last, view, of_all));
    return view;
}

}  // namespace tools
