#include "tests/simulation/run/as_of.h"

#include <algorithm>

namespace simulation {

using ledger::Result;
using projections::LedgerView;

Snapshot snapshot_of(const LedgerView& view) {
    Snapshot snapshot;
    snapshot.sequence = view.sequence();
    snapshot.recorded_at_ns = view.state().recorded_at_ns;
    for (const std::string_view name : LedgerView::projection_names()) {
        snapshot.sections.emplace(name, view.serialize(name));
    }
    return snapshot;
}

Result<LedgerView> view_of(const Snapshot& snapshot) {
    LedgerView view;
    for (const std::string_view name : LedgerView::projection_names()) {
        BOOST_OUTCOME_TRY(view.restore(name, snapshot.sections.find(name)->second));
    }
    view.set_offset(snapshot.sequence, snapshot.recorded_at_ns);
    return view;
}

Result<LedgerView> as_of(const std::vector<ledger::Event>& log,
                         const std::vector<Snapshot>& snapshots, std::uint64_t sequence,
                         PlantedBug bug) {
    const Snapshot* best = nullptr;
    for (const Snapshot& snapshot : snapshots) {
        if (snapshot.sequence > sequence) continue;
        if (best == nullptr || snapshot.sequence > best->sequence) best = &snapshot;
    }
    LedgerView view;
    if (best != nullptr) {
        BOOST_OUTCOME_TRY(view, view_of(*best));
    }
    constexpr std::uint64_t too_far = 3;
    const std::uint64_t last =
        bug == PlantedBug::as_of_reads_too_far ? sequence + too_far : sequence;
    const std::uint64_t end = std::min<std::uint64_t>(last, log.size());
    for (std::uint64_t at = view.sequence(); at < end; ++at) view.apply(log[at]);
    return view;
}

}  // namespace simulation
