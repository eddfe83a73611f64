#include "tools/data_directory.h"

#include "ledger/log/record_at.h"
#include "projections/snapshot.h"

#include <utility>

namespace tools {

using ledger::Result;

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

std::uint64_t nearest_snapshot(const DataPaths& paths, std::uint64_t last) {
    for (const auto& snapshot : projections::list_snapshots(paths.snapshots())) {
        if (snapshot.sequence <= last) return snapshot.sequence;
    }
    return 0;
}

Result<projections::LedgerView> load_view(const ledger::log::Journal& journal,
                                          const DataPaths& paths, std::uint64_t last,
                                          const FoldProgress& progress) {
    projections::LedgerView view;
    for (const auto& snapshot : projections::list_snapshots(paths.snapshots())) {
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
