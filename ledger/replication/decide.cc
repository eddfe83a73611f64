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
        // Orders are copied, not fills: a follower's own broker fills its order.
        case MasterEventType::fill:
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

Consequence skip(const MasterContext& context, AccountNumber follower, const Skip& skip) {
    const EventId id = NaturalKey{"skip"}
                           .add(context.event.id)
                           .add(std::uint64_t{follower.value()})
                           .add(std::uint64_t{skip.slice})
                           .id();
    return {id, FollowerOrderSkipped{.master_order = context.order.id,
                                     .master = context.order.account,
                                     .follower = follower,
                                     .action = skip.action,
                                     .reason = skip.reason,
                                     .figures = skip.figures}};
}

Sized size_all_versions(const MasterContext& context, const LinkTerms& link) {
    const InstrumentRules& rules = context.state.instruments[context.order.instrument].rules;
    const MasterOrder& order = context.order;
    for (const Quantity extreme : {order.quantity_least, order.quantity_most}) {
        const Sized sized = size_order(link, rules, extreme);
        if (sized.skip) return sized;
    }
    return size_order(link, rules, order.terms.quantity);
}

Consequence supersede(const FollowerOrder& order, const EventId& intent,
                      SupersededBecause because) {
    return {
        NaturalKey{"superseded"}.add(intent).id(),
        IntentSuperseded{
            .order = order.id, .follower = order.follower, .intent = intent, .because = because}};
}

std::vector<Consequence> decide(const State& state, const Policy& policy, const Event& event) {
    Consequences out;
    if (const auto* report = std::get_if<MasterOrderReported>(&event.payload)) {
        const MasterOrder* order = state.master_orders.find(master_order_id_of(state, *report));
        LEDGER_ASSERT(order != nullptr);
        decide_master_order(MasterContext{state, policy, event, *report, *order}, out);
    } else if (const FollowerOrder* told = order_told_of(state, event.payload)) {
        settle(policy, event, *told, out);
    }
    return out;
}

}  // namespace ledger::replication
