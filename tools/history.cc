#include "tools/history.h"

#include <algorithm>
#include <optional>

namespace tools {

using ledger::Result;
using projections::LedgerView;

namespace {

constexpr std::size_t kept_max = 2;  // a view can be as large as the server's own

}  // namespace

Result<History::Moment> History::at(const PastQuery& query, const PastNames& names) {
    BOOST_OUTCOME_TRY(const Past past, find_past(journal_, query, names));
    const auto known = std::ranges::find(kept_, past, &Kept::past);
    if (known != kept_.end()) {
        kept_.splice(kept_.begin(), kept_, known);
    } else {
        BOOST_OUTCOME_TRY(LedgerView view, make(past));
        kept_.push_front({past, std::move(view)});
        if (kept_.size() > kept_max) kept_.pop_back();
    }
    return Moment{kept_.front().past, &kept_.front().view};
}

Result<LedgerView> History::make(const Past& past) {
    if (!past.valid_at_ns) return view_at(past.sequence);
    BOOST_OUTCOME_TRY(const auto recorded, last_recorded_by(journal_, *past.valid_at_ns));
    BOOST_OUTCOME_TRY(LedgerView view, view_at(std::min(recorded, past.sequence)));
    BOOST_OUTCOME_TRY(add_hindsight(journal_, past, view));
    return view;
}

// From a kept view where none of the snapshots is nearer; that view goes there.
Result<LedgerView> History::view_at(std::uint64_t sequence) {
    const std::uint64_t nearest = nearest_snapshot(paths_, sequence);
    auto best = kept_.end();
    for (auto kept = kept_.begin(); kept != kept_.end(); ++kept) {
        const bool plain = !kept->past.valid_at_ns;
        const std::uint64_t at = kept->view.sequence();
        const bool on_the_way = plain && at >= nearest && at <= sequence;
        const bool nearer = best == kept_.end() || at > best->view.sequence();
        if (on_the_way && nearer) best = kept;
    }
    if (best == kept_.end()) return load_view(journal_, paths_, sequence);
    LedgerView view = std::move(best->view);
    kept_.erase(best);
    BOOST_OUTCOME_TRY(fold(journal_, sequence, view));
    return view;
}

}  // namespace tools
