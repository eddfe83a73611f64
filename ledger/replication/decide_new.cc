// A master's new order: an intent or a skip for every active link.
#include "ledger/replication/decide_internal.h"

namespace ledger::replication {

namespace {

// Why nobody's copy of this order can be made, if so.
SkipReason reason_for_all(const MasterOrder& order) {
    if (order.dead()) return SkipReason::master_order_dead;
    return order.exited ? SkipReason::exit_requested : SkipReason::none;
}

Taken decide_for(const MasterContext& context, const Link& link, Consequences& out) {
    const Plan plan = plan_all_versions(context, link);
    if (plan.skip == SkipReason::none) {
        intend_copy(context, link, plan, out);
    } else {
        out.push_back(skip(context.base, context.order, link.follower,
                           Skip{IntentKind::new_, plan.skip, plan.figures}));
    }
    return taken_by(plan);
}

}  // namespace

Plan plan_all_versions(const MasterContext& context, const Link& link) {
    const OrderTerms& latest = context.order.terms;
    const auto lasting_refusal = [&](const OrderTerms& terms) -> std::optional<Plan> {
        if (terms == latest) return std::nullopt;
        Plan plan = plan_copy(context.plan, link, terms);
        return is_lasting(plan.skip) ? std::optional{std::move(plan)} : std::nullopt;
    };
    if (auto refused = lasting_refusal(context.report.terms)) return *std::move(refused);
    for (const Quantity extreme : {context.order.quantity_least, context.order.quantity_most}) {
        OrderTerms terms = latest;
        terms.quantity = extreme;
        if (auto refused = lasting_refusal(terms)) return *std::move(refused);
    }
    return plan_copy(context.plan, link, latest);
}

void decide_new(const MasterContext& context, Consequences& out) {
    // An order is new once. Its broker repeating so under another version may bring other terms.
    if (context.order.new_reports > 1) {
        decide_modify(context, out);
        return;
    }
    out.reserve(out.size() + context.state().account(context.order.account)->links.size());
    const SkipReason reason = reason_for_all(context.order);
    MasterContext next = context;
    for_each_active_link(context.state(), context.order.account, [&](const Link& link) {
        if (reason == SkipReason::none) {
            next.plan.taken = next.plan.taken + decide_for(next, link, out);
            return;
        }
        out.push_back(
            skip(context.base, context.order, link.follower, Skip{IntentKind::new_, reason, {}}));
    });
}

}  // namespace ledger::replication
