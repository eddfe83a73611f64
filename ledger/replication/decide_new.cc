// A master's new order: an intent or a skip for every active link.
#include "ledger/replication/decide_internal.h"

#include <algorithm>
#include <cstdint>

namespace ledger::replication {

namespace {

// Why nobody's copy of this order can be made, if so.
SkipReason reason_for_all(const State& state, const MasterOrder& order) {
    if (order.dead()) return SkipReason::master_order_dead;
    return state.is_exited(order) ? SkipReason::exit_requested : SkipReason::none;
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

// A modify adds no slice.
void fit_to_slices(std::int64_t slices, Plan& plan) {
    if (count_slices(plan) <= slices) return;
    const Quantity most{plan.slice_max.value() * slices};
    plan.figures.limit = LimitFigures{SkipReason::freeze_quantity, RiskScope::link, most.value(),
                                      plan.terms.quantity.value()};
    plan.terms.quantity = most;
    plan.figures.reducing = std::min(plan.figures.reducing, most);
}

// What the links, one after the other, make of a new order. Where later versions came before it,
// the copy is what would have become of it: made by the NEW's own terms, then modified (I7).
class NewOrder {
  public:
    explicit NewOrder(const MasterContext& context)
        : order_(context.order),
          own_terms_(context.report.terms),
          own_(context.plan),
          modified_(context.plan) {}

    Plan plan(RowIndex link) {
        const Plan made = plan_copy(own_, link, own_terms_);
        own_.taken = own_.taken + taken_by(made);
        if (made.skip != SkipReason::none) return made;
        std::int64_t slices = count_slices(made);
        for (const OrderTerms& terms : order_.early_terms) {
            Plan passed = plan_modified(link, made, terms);
            if (ends_copy(passed.skip)) return passed;
            if (passed.skip == SkipReason::none) slices = std::min(slices, count_slices(passed));
        }
        Plan plan = own_terms_ == order_.terms ? made : plan_modified(link, made, order_.terms);
        if (plan.skip != SkipReason::none) return plan;
        plan.terms.product = made.terms.product;
        fit_to_slices(slices, plan);
        modified_.taken = modified_.taken + taken_by(plan);
        return plan;
    }

  private:
    // As if the copy were there already; but one that was only to reduce has not been counted.
    [[nodiscard]] Plan plan_modified(RowIndex link, const Plan& made,
                                     const OrderTerms& terms) const {
        Copier copier = copier_of(modified_, link, {});
        copier.placed = made.figures.reducing < made.terms.quantity;
        return plan_copy(copier, terms);
    }

    const MasterOrder& order_;
    const OrderTerms& own_terms_;
    PlanContext own_;  // each with what the links before have taken
    PlanContext modified_;
};

}  // namespace

void decide_new(const MasterContext& context, Consequences& out) {
    // An order is new once. Its broker repeating so under another version may bring other terms.
    if (context.order.new_reports > 1) {
        decide_modify(context, out);
        return;
    }
    out.reserve(out.size() + context.state().account(context.order.account)->links.size());
    const SkipReason reason = reason_for_all(context.state(), context.order);
    if (reason != SkipReason::none) return skip_all(context, reason, out);
    NewOrder order{context};
    const auto decide_one = [&](RowIndex link, AccountNumber follower) {
        if (context.order.first_seen < context.state().links[link].joined_at) {
            return out.push_back(skip(context.base, context.order, follower,
                                      Skip{IntentKind::new_, SkipReason::joined_after, {}}));
        }
        const Plan plan = order.plan(link);
        intend_or_skip(context, follower, plan, out);
    };
    for_each_active_link(context.state(), context.order.account, decide_one);
}

}  // namespace ledger::replication
