#include "tools/data_directory.h"

#include "ledger/log/record_at.h"
#include "projections/snapshot.h"

namespace tools {

using ledger::Result;

Result<void> fold(const ledger::log::Journal& journal, std::uint64_t last,
                  projections::LedgerView& view, const FoldProgress& progress) {
    constexpr std::uint64_t report_every = 65'536;
    Result<void> outcome = boost::outcome_v2::success();
    const auto visit = [&](std::uint64_t sequence, std::string_view record) {
        const auto event = ledger::log::decode_record_at(sequence, record);
        if (!event) {
            outcome = event.error();
            return false;
        }
        view.apply(event.value());
        if (progress && sequence % report_every == 0) progress(sequence, last);
        return true;
    };
    if (view.sequence() < last) {
        BOOST_OUTCOME_TRY(journal.scan(view.sequence() + 1, last, visit));
    }
    return outcome;
}

Result<projections::LedgerView> load_view(const ledger::log::Journal& journal,
                                          const DataPaths& paths, std::uint64_t last,
                                          const FoldProgress& progress) {
    projections::LedgerView view;
    for (const auto& snapshot : projections::list_snapshots(paths.snapshots())) {
        if (snapshot.sequence > last) continue;
        auto restored = projections::read_snapshot(snapshot.path);
        if (!restored) continue;
        view = std::move(restored).value();
        break;
    }
    BOOST_OUTCOME_TRY(fold(journal, last, view, progress));
    return view;
}

}  // namespace tools
