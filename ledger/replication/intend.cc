#include "ledger/replication/decide_internal.h"
#include "ledger/replication/order_share.h"
#include "ledger/replication/order_status.h"

#include <algorithm>

namespace ledger::replication {

namespace {

void supersede_waiting(const FollowerOrder& order, Consequences& out) {
    for (const Change& change : order.changes) {
        if (change.stage != Change::Stage::waiting) continue;
        out.push_back(supersede(order, change.intent, SupersededBecause::later_change));
    }
}

// Orders that the follower has for this master order already.
std::uint32_t count_orders(const State& state, const MasterOrder& order, AccountNumber follower) {
    const auto is_his = [&](RowIndex index) {
        return state.follower_orders[index].follower == follower;
    };
    const auto others = static_cast<std::size_t>(std::ranges::count_if(order.others, is_his));
    return static_cast<std::uint32_t>(copies_of(state, order, follower).size() + others);
}

// An event about more than one master order changes more than one order of a follower's: which one
// is then part of the key.
EventId change_id(const DecideContext& context, const FollowerOrder& order, IntentKind kind) {
    const EventId id = intent_id(context.event.id, order.follower, kind, order.slice);
    if (std::holds_alternative<MasterOrderReported>(context.event.payload)) return id;
    return NaturalKey{"change"}.add(id).add(order.id).id();
}

// One slice's part of the plan: the first ones reduce.
FollowerOrderIntended slice_of(const Plan& plan, Quantity quantity, Quantity& reducing_left) {
    FollowerOrderIntended intended;
    intended.terms = plan.terms;
    intended.terms.quantity = quantity;
    intended.figures = plan.figures;
    intended.figures.reducing = std::min(quantity, reducing_left);
    reducing_left = reducing_left - intended.figures.reducing;
    return intended;
}

}  // namespace

PlanContext DecideContext::about(const MasterOrder& order) const {
    return {.state = state,
            .policy = policy,
            .order = order,
            .mark = marks.find(state.instruments[order.instrument].instrument),
            .occurred_at_ns = event.occurred_at_ns,
            .now_ns = event.recorded_at_ns};
}

Consequence skip(const DecideContext& context, const MasterOrder& order, AccountNumber follower,
                 const Skip& skip) {
    NaturalKey key{"skip"};
    key.add(context.event.id).add(std::uint64_t{follower.value()}).add(std::uint64_t{0});
    // An event about more than one master order says which.
    if (!std::holds_alternative<MasterOrderReported>(context.event.payload)) key.add(order.id);
    return {key.id(), FollowerOrderSkipped{.master_order = order.id,
                                           .master = order.account,
                                           .follower = follower,
                                           .action = skip.action,
                                           .reason = skip.reason,
                                           .figures = skip.figures}};
}

void intend_copy(const MasterContext& context, AccountNumber follower, const Plan& plan,
                 Consequences& out) {
    Quantity reducing_left = plan.figures.reducing;
    std::uint32_t slice = 0;
    for_each_slice(plan, [&](Quantity quantity) {
        FollowerOrderIntended intended = slice_of(plan, quantity, reducing_left);
        intended.master_order = context.order.id;
        intended.master = context.order.account;
        intended.follower = follower;
        intended.slice = slice;
        out.push_back({intent_id(context.base.event.id, follower, IntentKind::new_, slice),
                       std::move(intended)});
        ++slice;
    });
}

void intend_other(const DecideContext& context, const Closing& closing, const Plan& plan,
                  Consequences& out) {
    const AccountNumber follower = closing.link.follower;
    Quantity reducing_left = plan.figures.reducing;
    std::uint32_t slice = count_orders(context.state, closing.order, follower);
    for_each_slice(plan, [&](Quantity quantity) {
        FollowerOrderIntended intended = slice_of(plan, quantity, reducing_left);
        intended.master_order = closing.order.id;
        intended.master = closing.link.master;
        intended.follower = follower;
        intended.slice = slice;
        intended.purpose = closing.purpose;
        intended.instrument = context.state.instrument_of(closing.order);
        out.push_back({closing_intent_id(context.event.id, follower, closing.order.id, slice),
                       std::move(intended)});
        ++slice;
    });
}

void intend_close(const DecideContext& context, const Closing& closing,
                  const CopiedPosition& position, Quantity quantity, Consequences& out) {
    if (quantity.value() <= 0 || context.state.account(closing.link.follower)->closed) return;
    intend_other(context, closing, plan_close(context.about(closing.order), position, quantity),
                 out);
}

bool can_change(const FollowerOrder& order) {
    return !is_terminal(order.status) && !cancel_is_coming(order);
}

void cancel_order(const DecideContext& context, const FollowerOrder& order, SkipReason because,
                  Consequences& out) {
    if (order.unsent()) {
        out.push_back({NaturalKey{"withdrawn"}.add(order.id).id(),
                       UnsentOrderWithdrawn{
                           .order = order.id, .follower = order.follower, .because = because}});
        return;
    }
    supersede_waiting(order, out);
    out.push_back({change_id(context, order, IntentKind::cancel),
                   FollowerCancelIntended{
                       .order = order.id, .follower = order.follower, .because = because}});
}

void change_order(const DecideContext& context, const FollowerOrder& order, const OrderTerms& terms,
                  const SizingFigures& figures, Consequences& out) {
    if (order.unsent()) {
        const EventId id = NaturalKey{"amended"}.add(context.event.id).add(order.id).id();
        out.push_back({id, UnsentOrderAmended{.order = order.id,
                                              .follower = order.follower,
                                              .terms = terms,
                                              .figures = figures}});
        return;
    }
    supersede_waiting(order, out);
    out.push_back(
        {change_id(context, order, IntentKind::modify),
         FollowerModifyIntended{
             .order = order.id, .follower = order.follower, .terms = terms, .figures = figures}});
}

Consequence supersede(const FollowerOrder& order, const EventId& intent,
                      SupersededBecause because) {
    return {
        NaturalKey{"superseded"}.add(intent).id(),
        IntentSuperseded{
            .order = order.id, .follower = order.follower, .intent = intent, .because = because}};
}

}  // namespace ledger::replication
