// The kill switch, or a closed account: what waits to be sent and would open is withdrawn. What
// reduces goes on (I9).
#include "ledger/replication/cover.h"
#include "ledger/replication/decide_internal.h"
#include "ledger/replication/halt.h"
#include "ledger/replication/order_share.h"

namespace ledger::replication {

SkipReason reason_not_to_open(const State& state, const FollowerOrder& order) {
    const Account& follower = *state.account(order.follower);
    if (follower.closed) return SkipReason::account_closed;
    const bool halted =
        state.risk.halted || state.account(order.master)->risk.halted || follower.risk.halted;
    return halted ? SkipReason::kill_switch : SkipReason::none;
}

void give_up_opening(const DecideContext& context, const FollowerOrder& order, Consequences& out) {
    const SkipReason reason = reason_not_to_open(context.state, order);
    if (order.reducing.value() == 0) return cancel_order(context, order, reason, out);
    OrderTerms terms = terms_to_come(order);
    terms.quantity = order.reducing;
    SizingFigures figures;
    figures.reducing = order.reducing;
    const bool closed = reason == SkipReason::account_closed;
    figures.limit =
        LimitFigures{.rule = reason, .scope = closed ? RiskScope::follower : RiskScope::global};
    change_order(context, order, terms, figures, out);
}

namespace {

void give_up_openings(const DecideContext& context, const CopiedPosition& position,
                      Consequences& out) {
    Quantity bought;
    Quantity sold;
    for (const RowIndex index : position.live) {
        const FollowerOrder& order = context.state.follower_orders[index];
        if (!order.unsent() || opening_of(order).value() == 0) continue;
        if (reason_not_to_open(context.state, order) == SkipReason::none) continue;
        give_up_opening(context, order, out);
        Quantity& given_up = order.terms.side == Side::buy ? bought : sold;
        given_up = given_up + opening_of(order);
    }
    if (bought.value() > 0) cut_uncovered(context, position, Side::sell, bought, out);
    if (sold.value() > 0) cut_uncovered(context, position, Side::buy, sold, out);
}

}  // namespace

void decide_halt(const DecideContext& context, Consequences& out) {
    for (const CopiedPosition& position : context.state.copied_positions) {
        give_up_openings(context, position, out);
        flatten(context, position, out);
    }
}

void decide_close(const DecideContext& context, const AccountClosed& closed, Consequences& out) {
    for (const CopiedPosition& position : context.state.copied_positions) {
        if (context.state.links[position.link].follower != closed.account) continue;
        give_up_openings(context, position, out);
    }
}

}  // namespace ledger::replication
