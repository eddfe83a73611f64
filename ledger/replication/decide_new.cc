// A master's new order: an intent or a skip for every active link.
#include "ledger/replication/decide_internal.h"

namespace ledger::replication {

namespace {

// Why nobody's copy of this order can be made, if so.
SkipReason reason_for_all(const MasterOrder& order) {
    if (order.dead()) return SkipReason::master_order_dead;
    return order.exited ? SkipReason::exit_requested : SkipReason::none;
}

void skip_all(const MasterContext& context, SkipReason reason, Consequences& out) {
    const auto skip_one = [&](RowIndex, AccountNumber follower) {
        out.push_back(
            skip(context.base, context.order, follower, Skip{IntentKind::new_, reason, {}}));
    };
    for_each_active_link(context.state(), context.order.account, skip_one);
}

void intend_or_skip(const MasterContext& context, AccountNumber follower, const Plan& plan,
                    Consequences& out) {
    if (plan.skip == SkipReason::none) return intend_copy(context, follower, plan, out);
    out.push_back(skip(context.base, context.order, follower,
                       Skip{IntentKind::new_, plan.skip, plan.figures}));
}

}  // namespace

Plan plan_all_versions(const MasterContext& context, RowIndex link) {
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
    if (reason != SkipReason::none) return skip_all(context, reason, out);
    MasterContext next = context;
    const auto decide_one = [&](RowIndex link, AccountNumber follower) {
        const Plan plan = plan_all_versions(next, link);
        intend_or_skip(context, follower, plan, out);
        next.plan.taken = next.plan.taken + taken_by(plan);
    };
    for_each_active_link(context.state(), context.order.account, decide_one);
}

}  // namespace ledger::replication
