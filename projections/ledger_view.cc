#include "projections/ledger_view.h"

#include "ledger/replication/evolve.h"
#include "ledger/replication/state_codec.h"

#include <algorithm>
#include <utility>

namespace projections {

namespace {

constexpr std::string_view positions_name = "positions";
constexpr std::string_view audit_name = "audit";

ledger::Result<void> check_instruments(const Positions& positions,
                                       const ledger::replication::State& state) {
    const bool known = std::ranges::all_of(positions.rows(), [&](const Position& row) {
        return row.key.instrument < state.instruments.size();
    });
    if (known) return boost::outcome_v2::success();
    return ledger::Error{
        ledger::Errc::corrupt, "the snapshot of positions names an unknown instrument", {}};
}

}  // namespace

void LedgerView::apply(const ledger::Event& event) {
    LEDGER_ASSERT(event.sequence == state_.sequence + 1);
    ledger::replication::evolve(state_, event);
    positions_.apply(state_, event);
    audit_.apply(event);
}

std::vector<std::string_view> LedgerView::projection_names() {
    std::vector<std::string_view> names;
    for (const auto section : ledger::replication::sections) {
        names.push_back(ledger::replication::to_text(section));
    }
    names.push_back(positions_name);
    names.push_back(audit_name);
    return names;
}

std::string LedgerView::serialize(std::string_view projection) const {
    ledger::ByteWriter out;
    for (const auto section : ledger::replication::sections) {
        if (ledger::replication::to_text(section) == projection) {
            ledger::replication::serialize(state_, section, out);
        }
    }
    if (projection == positions_name) positions_.serialize(out);
    if (projection == audit_name) audit_.serialize(out);
    return std::move(out.bytes());
}

std::vector<Digest> LedgerView::digests() const {
    std::vector<Digest> digests;
    for (const std::string_view name : projection_names()) {
        digests.push_back({name, ledger::log::checksum_of(serialize(name))});
    }
    return digests;
}

ledger::Result<void> LedgerView::restore(std::string_view projection, std::string_view bytes) {
    for (const auto section : ledger::replication::sections) {
        if (ledger::replication::to_text(section) == projection) {
            return ledger::replication::restore(state_, section, bytes);
        }
    }
    if (projection == positions_name) {
        BOOST_OUTCOME_TRY(positions_.restore(bytes));
        return check_instruments(positions_, state_);
    }
    if (projection == audit_name) return audit_.restore(bytes);
    return ledger::Error{
        ledger::Errc::corrupt, "unknown projection " + std::string{projection}, {}};
}

ledger::Result<void> LedgerView::restore_orders(ledger::replication::OrderStores stores) {
    return ledger::replication::restore_orders(state_, std::move(stores));
}

void LedgerView::set_offset(std::uint64_t sequence, std::int64_t recorded_at_ns) {
    state_.sequence = sequence;
    state_.recorded_at_ns = recorded_at_ns;
}

}  // namespace projections
