// A master's modify or cancel: it acts on the mapped orders alone and never makes one (I3).
#include "ledger/replication/decide_internal.h"
#include "ledger/replication/order_status.h"

#include <algorithm>
#include <optional>

namespace ledger::replication {

namespace {

bool is_mapped(const MasterContext& context, AccountNumber follower) {
    return std::ranges::binary_search(context.order.followers, follower, {}, [&](RowIndex index) {
        return context.state.follower_orders[index].follower;
    });
}

Consequence skip_order(const MasterContext& context, const FollowerOrder& order, Skip reasons) {
    reasons.slice = order.slice;
    return skip(context, order.follower, reasons);
}

// Silence is no outcome: a link with nothing to change is told so.
void skip_unmapped_links(const MasterContext& context, IntentKind action, SkipReason reason,
                         Consequences& out) {
    for_each_active_link(context, [&](const Link& link) {
        if (is_mapped(context, link.follower)) return;
        out.push_back(skip(context, link.follower, Skip{action, reason, {}, 0}));
    });
}

bool cancel_is_coming(const FollowerOrder& order) {
    return order.cancel_acknowledged ||
           std::ranges::any_of(order.changes, [](const Change& change) {
               return change.kind == IntentKind::cancel;
           });
}

// What the order will be once everything under way has happened.
const OrderTerms& terms_to_come(const FollowerOrder& order) {
    const bool changing = !order.changes.empty() && order.changes.back().kind == IntentKind::modify;
    return changing ? order.changes.back().terms : order.terms;
}

void supersede_waiting(const FollowerOrder& order, Consequences& out) {
    for (const Change& change : order.changes) {
        if (change.stage != Change::Stage::waiting) continue;
        out.push_back(supersede(order, change.intent, SupersededBecause::later_change));
    }
}

void cancel_order(const MasterContext& context, const FollowerOrder& order, Consequences& out) {
    if (order.unsent()) {
        out.push_back({NaturalKey{"withdrawn"}.add(order.id).id(),
                       UnsentOrderWithdrawn{.order = order.id, .follower = order.follower}});
        return;
    }
    supersede_waiting(order, out);
    out.push_back({intent_id(context.event.id, order.follower, IntentKind::cancel, order.slice),
                   FollowerCancelIntended{.order = order.id, .follower = order.follower}});
}

void modify_order(const MasterContext& context, const FollowerOrder& order, const Sized& sized,
                  Consequences& out) {
    OrderTerms terms = context.order.terms;
    terms.quantity = sized.quantity;
    if (terms == terms_to_come(order)) {
        out.push_back(skip_order(
            context, order, Skip{IntentKind::modify, SkipReason::no_change, sized.figures, 0}));
        return;
    }
    if (order.unsent()) {
        const EventId id = NaturalKey{"amended"}.add(context.event.id).add(order.id).id();
        out.push_back({id, UnsentOrderAmended{.order = order.id,
                                              .follower = order.follower,
                                              .terms = terms,
                                              .figures = sized.figures}});
        return;
    }
    supersede_waiting(order, out);
    out.push_back({intent_id(context.event.id, order.follower, IntentKind::modify, order.slice),
                   FollowerModifyIntended{.order = order.id,
                                          .follower = order.follower,
                                          .terms = terms,
                                          .figures = sized.figures}});
}

// Why this follower order cannot be changed by anything any more, if so.
std::optional<SkipReason> reason_against_change(const FollowerOrder& order) {
    if (is_terminal(order.status)) return SkipReason::order_done;
    if (cancel_is_coming(order)) return SkipReason::cancel_pending;
    return std::nullopt;
}

void decide_order_modify(const MasterContext& context, const FollowerOrder& order,
                         Consequences& out) {
    const auto skipped = [&](SkipReason reason, const SizingFigures& figures) {
        out.push_back(skip_order(context, order, Skip{IntentKind::modify, reason, figures, 0}));
    };
    if (const auto reason = reason_against_change(order)) return skipped(*reason, {});
    if (context.order.dead()) return skipped(SkipReason::master_order_dead, {});
    const Link* link = context.state.link(order.master, order.follower);
    LEDGER_ASSERT(link != nullptr);
    const Sized sized = size_all_versions(context, link->terms);
    // Less than a lot is left to copy, or no more than is filled already: nothing may stay open.
    if (sized.skip || sized.quantity <= order.cum_qty) {
        return cancel_order(context, order, out);
    }
    if (rank_of(context.report) < *context.order.terms_rank) {
        return skipped(SkipReason::stale_version, sized.figures);
    }
    if (!context.state.account(order.follower)->tradable()) {
        return skipped(SkipReason::account_disabled, sized.figures);
    }
    modify_order(context, order, sized, out);
}

void decide_order_cancel(const MasterContext& context, const FollowerOrder& order,
                         Consequences& out) {
    if (const auto reason = reason_against_change(order)) {
        out.push_back(skip_order(context, order, Skip{IntentKind::cancel, *reason, {}, 0}));
        return;
    }
    cancel_order(context, order, out);
}

}  // namespace

void decide_modify(const MasterContext& context, Consequences& out) {
    for (const RowIndex index : context.order.followers) {
        decide_order_modify(context, context.state.follower_orders[index], out);
    }
    const SkipReason reason =
        context.order.dead() ? SkipReason::master_order_dead : SkipReason::no_mapped_order;
    skip_unmapped_links(context, IntentKind::modify, reason, out);
}

void decide_cancel(const MasterContext& context, Consequences& out) {
    for (const RowIndex index : context.order.followers) {
        decide_order_cancel(context, context.state.follower_orders[index], out);
    }
    skip_unmapped_links(context, IntentKind::cancel, SkipReason::no_mapped_order, out);
}

}  // namespace ledger::replication
