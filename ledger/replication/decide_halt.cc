// The kill switch: what waits to be sent and would open is withdrawn. What reduces goes on (I9).
#include "ledger/replication/cover.h"
#include "ledger/replication/decide_internal.h"
#include "ledger/replication/halt.h"
#include "ledger/replication/order_share.h"

namespace ledger::replication {

bool is_halted(const State& state, const FollowerOrder& order) {
    return state.risk.halted || state.account(order.master)->risk.halted ||
           state.account(order.follower)->risk.halted;
}

void give_up_opening(const DecideContext& context, const FollowerOrder& order, Consequences& out) {
    if (order.reducing.value() == 0) {
        return cancel_order(context, order, SkipReason::kill_switch, out);
    }
    OrderTerms terms = terms_to_come(order);
    terms.quantity = order.reducing;
    SizingFigures figures;
    figures.reducing = order.reducing;
    figures.limit = LimitFigures{.rule = SkipReason::kill_switch, .scope = RiskScope::global};
    change_order(context, order, terms, figures, out);
}

void decide_halt(const DecideContext& context, Consequences& out) {
    for (const CopiedPosition& position : context.state.copied_positions) {
        Quantity bought;
        Quantity sold;
        for (const RowIndex index : position.live) {
            const FollowerOrder& order = context.state.follower_orders[index];
            const bool opens = opening_of(order).value() > 0;
            if (!order.unsent() || !opens || !is_halted(context.state, order)) continue;
            give_up_opening(context, order, out);
            Quantity& given_up = order.terms.side == Side::buy ? bought : sold;
            given_up = given_up + opening_of(order);
        }
        if (bought.value() > 0) cut_uncovered(context, position, Side::sell, bought, out);
        if (sold.value() > 0) cut_uncovered(context, position, Side::buy, sold, out);
        flatten(context, position, out);
    }
}

}  // namespace ledger::replication
