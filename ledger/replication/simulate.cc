#include "ledger/replication/simulate.h"

#include "ledger/replication/admit_internal.h"
#include "ledger/replication/evolve.h"

#include <utility>

namespace ledger::replication {

namespace {

// The order's row in `out`, to which it is copied with its follower orders unless it is there.
RowIndex bring_order(const State& state, const MasterOrder& known, State& out) {
    if (const auto row = out.master_orders.index_of(known.id)) return *row;
    MasterOrder order = known;
    const RowIndex row = out.master_orders.size();
    for (auto* list : {&order.copies, &order.others}) {
        for (RowIndex& index : *list) {
            FollowerOrder follower_order = state.follower_orders[index];
            follower_order.master_order = row;
            index = out.follower_orders.size();
            const ClOrdId key = cl_ord_id_of(follower_order.id);
            out.follower_orders.add(key, std::move(follower_order));
        }
    }
    out.master_orders.add(known.id, std::move(order));
    return row;
}

// All that a decision about one master order may look at, without the orders of most others: rows
// keep their places in every table but those of orders.
State about_order(const State& state, const MasterOrderReported& report) {
    State out;
    out.sequence = state.sequence;
    out.recorded_at_ns = state.recorded_at_ns;
    out.calendar = state.calendar;
    out.risk = state.risk;
    out.accounts = state.accounts;
    out.links = state.links;
    out.instruments = state.instruments;
    out.master_positions = state.master_positions;
    out.copied_positions = state.copied_positions;
    const MasterOrder* known = state.master_orders.find(master_order_id_of(state, report));
    if (known != nullptr) bring_order(state, *known, out);
    // What is left when a master is flat is closed in the name of his latest order.
    for (RowIndex row = 0; row < out.master_positions.size(); ++row) {
        MasterPosition& position = out.master_positions[row];
        if (position.master != report.account) continue;
        position.latest_order = bring_order(state, state.master_orders[position.latest_order], out);
    }
    return out;
}

}  // namespace

Result<std::vector<Consequence>> simulate(const State& state, const Policy& policy,
                                          const Marks& marks, const MasterOrderReported& report,
                                          std::int64_t now_ns) {
    BOOST_OUTCOME_TRY(auto admission, admit_command(state, ReportMasterOrder{report}));
    if (!admission) return std::vector<Consequence>{};
    State apart = about_order(state, std::get<MasterOrderReported>(admission->payload));
    Event event;
    event.sequence = state.sequence + 1;
    event.id = admission->id;
    event.recorded_at_ns = now_ns;
    event.occurred_at_ns = now_ns;
    event.correlation = event.id;
    event.payload = std::move(admission->payload);
    evolve(apart, event);
    return decide(apart, policy, marks, event);
}

}  // namespace ledger::replication
