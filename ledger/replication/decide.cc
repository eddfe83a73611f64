#include "ledger/replication/decide.h"

#include "ledger/replication/decide_internal.h"

namespace ledger::replication {

namespace {

void decide_master_order(const MasterContext& context, Consequences& out) {
    switch (context.report.type) {
        case MasterEventType::new_:
            decide_new(context, out);
            return;
        case MasterEventType::modified:
            decide_modify(context, out);
            return;
        case MasterEventType::canceled:
        case MasterEventType::rejected:
            decide_cancel(context, out);
            return;
        // Orders are copied, not fills: a follower's own broker fills its order. But the master may
        // be flat now, and a follower not.
        case MasterEventType::fill:
            flatten_all(context.base, context.order, out);
            return;
    }
}

// The follower order whose standing the event has changed, or nullptr.
const FollowerOrder* order_told_of(const State& state, const Payload& payload) {
    if (const auto* e = std::get_if<AttemptAccepted>(&payload)) {
        return state.follower_order(e->ref.order);
    }
    if (const auto* e = std::get_if<AttemptRejected>(&payload)) {
        return state.follower_order(e->ref.order);
    }
    if (const auto* e = std::get_if<AttemptNotPlaced>(&payload)) {
        return state.follower_order(e->ref.order);
    }
    if (const auto* e = std::get_if<IntentResolved>(&payload)) {
        return state.follower_order(e->ref.order);
    }
    if (const auto* e = std::get_if<IntentExpired>(&payload)) return state.follower_order(e->order);
    if (const auto* e = std::get_if<FollowerOrderReported>(&payload)) {
        return state.follower_order(e->order);
    }
    return nullptr;
}

}  // namespace

std::vector<Consequence> decide(const State& state, const Policy& policy, const Marks& marks,
                                const Event& event) {
    Consequences out;
    const DecideContext context{state, policy, marks, event};
    if (const auto* report = std::get_if<MasterOrderReported>(&event.payload)) {
        const MasterOrder* order = state.master_orders.find(master_order_id_of(state, *report));
        LEDGER_ASSERT(order != nullptr);
        decide_master_order(MasterContext{context, *report, *order, context.about(*order)}, out);
    } else if (const auto* exit = std::get_if<ExitRequested>(&event.payload)) {
        decide_exit(context, *exit, out);
    } else if (const auto* set = std::get_if<LinkSet>(&event.payload)) {
        decide_link(context, *set, out);
    } else if (const auto* removed = std::get_if<LinkRemoved>(&event.payload)) {
        decide_link(context, *removed, out);
    } else if (std::holds_alternative<TradingHalted>(event.payload)) {
        decide_halt(context, out);
    } else if (const auto* closed = std::get_if<AccountClosed>(&event.payload)) {
        decide_close(context, *closed, out);
    } else if (const FollowerOrder* told = order_told_of(state, event.payload)) {
        settle(context, *told, out);
    }
    return out;
}

}  // namespace ledger::replication
