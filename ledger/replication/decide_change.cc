// A master's modify or cancel: it acts on the mapped orders alone and never makes one (I3).
#include "ledger/replication/decide_internal.h"
#include "ledger/replication/order_share.h"
#include "ledger/replication/order_status.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace ledger::replication {

namespace {

const FollowerOrder& row_of(const MasterContext& context, RowIndex index) {
    return context.state().follower_orders[index];
}

// Silence is no outcome: a link with nothing to change is told so.
void skip_unmapped_links(const MasterContext& context, IntentKind action, SkipReason reason,
                         Consequences& out) {
    const State& state = context.state();
    Copies rest{context.order.copies};
    for_each_active_link(state, context.order.account, [&](RowIndex, AccountNumber follower) {
        while (!rest.empty() && row_of(context, rest.front()).follower < follower) {
            rest = rest.subspan(1);
        }
        if (!rest.empty() && row_of(context, rest.front()).follower == follower) return;
        out.push_back(skip(context.base, context.order, follower, Skip{action, reason, {}}));
    });
}

// Why none of the copies can be changed by anything any more, if so.
SkipReason reason_against_change(const MasterContext& context, Copies copies) {
    SkipReason reason = SkipReason::order_done;
    for (const RowIndex index : copies) {
        const FollowerOrder& copy = row_of(context, index);
        if (can_change(copy)) return SkipReason::none;
        if (!is_terminal(copy.status)) reason = SkipReason::cancel_pending;
    }
    return reason;
}

void cancel_all(const MasterContext& context, Copies copies, SkipReason because,
                Consequences& out) {
    for (const RowIndex index : copies) {
        const FollowerOrder& copy = row_of(context, index);
        if (can_change(copy)) cancel_order(context.base, copy, because, out);
    }
}

Quantity filled_of(const MasterContext& context, Copies copies) {
    Quantity sum;
    for (const RowIndex index : copies) sum = sum + row_of(context, index).cum_qty;
    return sum;
}

// What the copies are to be now, each at least what it has filled. What can be left as it is, is: a
// slice that grew while another were still being cancelled would be too much for a moment.
std::vector<Quantity> quantities_to_come(const MasterContext& context, Copies copies,
                                         Quantity slice_max) {
    std::vector<Quantity> quantities;
    for (const RowIndex index : copies) {
        const FollowerOrder& copy = row_of(context, index);
        const Quantity wanted = can_change(copy) ? terms_to_come(copy).quantity : copy.cum_qty;
        quantities.push_back(std::max(copy.cum_qty, std::min(slice_max, wanted)));
    }
    return quantities;
}

// The new quantity of all slices together, taken from the last or given to the first of those that
// can still change. What does not fit stays out: no slice is added (I3).
std::vector<Quantity> spread(const MasterContext& context, Copies copies, const Plan& plan) {
    std::vector<Quantity> quantities = quantities_to_come(context, copies, plan.slice_max);
    const Quantity now = std::accumulate(quantities.begin(), quantities.end(), Quantity{});
    Quantity surplus = std::max(Quantity{}, now - plan.terms.quantity);
    for (std::size_t i = copies.size(); i-- > 0 && surplus.value() > 0;) {
        const Quantity part = std::min(surplus, quantities[i] - row_of(context, copies[i]).cum_qty);
        quantities[i] = quantities[i] - part;
        surplus = surplus - part;
    }
    Quantity missing = std::max(Quantity{}, plan.terms.quantity - now);
    for (std::size_t i = 0; i < copies.size() && missing.value() > 0; ++i) {
        if (!can_change(row_of(context, copies[i]))) continue;
        const Quantity room = std::max(Quantity{}, plan.slice_max - quantities[i]);
        const Quantity part = std::min(missing, room);
        quantities[i] = quantities[i] + part;
        missing = missing - part;
    }
    return quantities;
}

// What changes about the capital that the copies take up.
Taken taken_more(const MasterContext& context, Copies copies, const Plan& plan) {
    const Quantity whole = plan.terms.quantity;
    const Quantity opening =
        std::min(whole - filled_of(context, copies), whole - plan.figures.reducing);
    Money more = value_of(plan.reference, opening).value_or(Money{});
    for (const RowIndex index : copies) more = more - share_of(row_of(context, index)).reserved;
    return {.orders = 0, .capital = more};
}

// What the slices cannot take of the new quantity, if they cannot take all.
std::optional<LimitFigures> unspread(const std::vector<Quantity>& quantities, Quantity wanted) {
    const Quantity taken = std::accumulate(quantities.begin(), quantities.end(), Quantity{});
    if (taken >= wanted) return std::nullopt;
    return LimitFigures{SkipReason::freeze_quantity, RiskScope::link, taken.value(),
                        wanted.value()};
}

void modify_copies(const MasterContext& context, Copies copies, const Plan& plan,
                   Consequences& out) {
    const std::size_t before = out.size();
    const std::vector<Quantity> quantities = spread(context, copies, plan);
    const auto left_out = unspread(quantities, plan.terms.quantity);
    Quantity reducing_left = plan.figures.reducing;
    for (std::size_t i = 0; i < copies.size(); ++i) {
        const FollowerOrder& copy = row_of(context, copies[i]);
        SizingFigures figures = plan.figures;
        if (left_out) figures.limit = left_out;
        figures.reducing = std::min(quantities[i], reducing_left);
        reducing_left = reducing_left - figures.reducing;
        if (!can_change(copy)) continue;
        OrderTerms terms = plan.terms;
        terms.quantity = quantities[i];
        terms.product = copy.terms.product;
        if (quantities[i] <= copy.cum_qty) {
            cancel_order(context.base, copy, SkipReason::none, out);
        } else if (terms != terms_to_come(copy)) {
            change_order(context.base, copy, terms, figures, out);
        }
    }
    if (out.size() > before) return;
    out.push_back(skip(context.base, context.order, row_of(context, copies.front()).follower,
                       Skip{IntentKind::modify, SkipReason::no_change, plan.figures}));
}

// The slices that an older version would have ended: no later one brings them back (I7).
void cancel_surplus(const MasterContext& context, Copies copies, std::int64_t slices,
                    Consequences& out) {
    for (const RowIndex index : copies) {
        const FollowerOrder& copy = row_of(context, index);
        if (std::int64_t{copy.slice} < slices || !can_change(copy)) continue;
        cancel_order(context.base, copy, SkipReason::none, out);
    }
}

// What it takes up beyond what the copies took.
Taken decide_copies_modify(const MasterContext& context, Copies copies, Consequences& out) {
    const FollowerOrder& first = row_of(context, copies.front());
    const auto skipped = [&](SkipReason reason, const SizingFigures& figures) {
        out.push_back(skip(context.base, context.order, first.follower,
                           Skip{IntentKind::modify, reason, figures}));
        return Taken{};
    };
    const auto ended = [&](SkipReason because) {
        cancel_all(context, copies, because, out);
        return Taken{};
    };
    if (const SkipReason reason = reason_against_change(context, copies);
        reason != SkipReason::none) {
        return skipped(reason, {});
    }
    if (context.order.dead()) return skipped(SkipReason::master_order_dead, {});
    if (context.state().is_exited(context.order)) return skipped(SkipReason::exit_requested, {});
    const RowIndex link = context.state().position_of(first).link;
    const Plan plan = plan_copy(copier_of(context.plan, link, copies), context.report.terms);
    if (ends_copy(plan.skip)) return ended(plan.skip);
    if (rank_of(context.report) < *context.order.terms_rank) {
        const std::size_t before = out.size();
        if (plan.skip == SkipReason::none) cancel_surplus(context, copies, count_slices(plan), out);
        if (out.size() > before) return Taken{};
        return skipped(SkipReason::stale_version, plan.figures);
    }
    if (plan.skip != SkipReason::none) return skipped(plan.skip, plan.figures);
    // No more than is filled already: nothing may stay open.
    if (plan.terms.quantity <= filled_of(context, copies)) return ended(SkipReason::none);
    modify_copies(context, copies, plan, out);
    return taken_more(context, copies, plan);
}

void decide_copies_cancel(const MasterContext& context, Copies copies, Consequences& out) {
    const SkipReason reason = reason_against_change(context, copies);
    if (reason == SkipReason::none) return cancel_all(context, copies, SkipReason::none, out);
    out.push_back(skip(context.base, context.order, row_of(context, copies.front()).follower,
                       Skip{IntentKind::cancel, reason, {}}));
}

}  // namespace

void decide_modify(const MasterContext& context, Consequences& out) {
    out.reserve(out.size() + context.state().account(context.order.account)->links.size());
    MasterContext next = context;
    for_each_follower(context.state(), context.order, [&](Copies copies) {
        next.plan.taken = next.plan.taken + decide_copies_modify(next, copies, out);
    });
    const SkipReason reason =
        context.order.dead() ? SkipReason::master_order_dead : SkipReason::no_mapped_order;
    skip_unmapped_links(context, IntentKind::modify, reason, out);
}

void decide_cancel(const MasterContext& context, Consequences& out) {
    for_each_follower(context.state(), context.order,
                      [&](Copies copies) { decide_copies_cancel(context, copies, out); });
    skip_unmapped_links(context, IntentKind::cancel, SkipReason::no_mapped_order, out);
}

}  // namespace ledger::replication
