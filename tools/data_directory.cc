#include "tools/data_directory.h"

#include "ledger/log/record_at.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace tools {

using ledger::Result;
using projections::SnapshotInfo;

Result<ledger::Event> read_event(const ledger::log::Journal& journal, std::uint64_t sequence) {
    BOOST_OUTCOME_TRY(const std::string record, journal.read(sequence));
    return ledger::log::decode_record_at(sequence, record);
}

Result<void> visit_records(const ledger::log::Journal& journal, std::uint64_t first,
                           std::uint64_t last, const EventVisit& visit) {
    Result<void> outcome = boost::outcome_v2::success();
    ledger::Event event;
    const auto take = [&](std::uint64_t sequence, std::string_view record) {
        auto decoded = ledger::log::decode_record_at(sequence, record, event);
        if (decoded) visit(event);
        if (!decoded) outcome = std::move(decoded);
        return outcome.has_value();
    };
    if (first <= last) {
        BOOST_OUTCOME_TRY(journal.scan(first, last, take));
    }
    return outcome;
}

Result<void> fold(const ledger::log::Journal& journal, std::uint64_t last,
                  projections::LedgerView& view, const FoldProgress& progress) {
    constexpr std::uint64_t report_every = 65'536;
    return visit_records(journal, view.sequence() + 1, last, [&](const ledger::Event& event) {
        view.apply(event);
        if (progress && event.sequence % report_every == 0) progress(event.sequence, last);
    });
}

std::vector<SnapshotInfo> list_beginnings(const DataPaths& paths) {
    std::vector<SnapshotInfo> found = projections::list_snapshots(paths.snapshots());
    std::ranges::copy(projections::list_snapshots(paths.base()), std::back_inserter(found));
    std::ranges::stable_sort(found, std::ranges::greater{}, &SnapshotInfo::sequence);
    return found;
}

std::uint64_t nearest_snapshot(const DataPaths& paths, std::uint64_t last) {
    for (const SnapshotInfo& snapshot : list_beginnings(paths)) {
        if (snapshot.sequence <= last) return snapshot.sequence;
    }
    return 0;
}

Result<projections::LedgerView> load_beginning(const ledger::log::Journal& journal,
                                               const DataPaths& paths) {
    const std::uint64_t dropped = journal.first_sequence() - 1;
    if (dropped == 0) return projections::LedgerView{};
    for (const SnapshotInfo& base : projections::list_snapshots(paths.base())) {
        if (base.sequence != dropped) continue;
        return projections::read_snapshot(base.path);
    }
    return ledger::Error{ledger::Errc::unavailable,
                         "the state after record " + std::to_string(dropped) + " is gone from " +
                             paths.base() + ": attach the archive of the records before",
                         {}};
}

Result<projections::LedgerView> load_view(const ledger::log::Journal& journal,
                                          const DataPaths& paths, std::uint64_t last,
                                          const FoldProgress& progress) {
    projections::LedgerView view;
    for (const SnapshotInfo& snapshot : list_beginnings(paths)) {
        if (snapshot.sequence > last) continue;
        auto restored = projections::open_snapshot(snapshot.path, projections::SnapshotCheck::used);
        if (!restored) continue;
        view = std::move(restored).value();
        break;
    }
    BOOST_OUTCOME_TRY(fold(journal, last, view, progress));
    return view;
}

}  // namespace tools
