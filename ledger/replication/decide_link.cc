// Joining and leaving: what a link that begins, pauses or ends means for what is open.
#include "ledger/replication/decide_internal.h"
#include "ledger/replication/exposure.h"

namespace ledger::replication {

namespace {

struct Joining {
    const DecideContext& context;
    const Link& link;
    RowIndex link_index = 0;
    Taken taken{};  // by the positions before
};

// The follower takes up its share of one open position of the master.
void join_position(Joining& joining, const MasterPosition& master, Consequences& out) {
    const DecideContext& context = joining.context;
    const Link& link = joining.link;
    const MasterOrder& order = context.state.master_orders[master.latest_order];
    OrderTerms terms;
    terms.side = master.filled.value() > 0 ? Side::buy : Side::sell;
    terms.type = OrderType::market;
    terms.product = master.product;
    terms.quantity = magnitude(master.filled);
    const CopiedPosition* known = context.state.copied_positions.find(
        CopiedPositionKey{joining.link_index, master.instrument, master.product});
    // One that resumes may have kept a part of it.
    const Quantity kept = known == nullptr ? Quantity{} : magnitude(known->filled);
    PlanContext about = context.about(order);
    about.taken = joining.taken;
    about.taken_by_link = joining.taken;
    Plan plan = plan_join(about, joining.link_index, terms);
    if (plan.skip == SkipReason::none && plan.terms.quantity <= kept) {
        plan.skip = SkipReason::no_change;
    }
    if (plan.skip != SkipReason::none) {
        out.push_back(
            skip(context, order, link.follower, Skip{IntentKind::new_, plan.skip, plan.figures}));
        return;
    }
    plan.terms.quantity = plan.terms.quantity - kept;
    intend_other(context, {order, link, OrderPurpose::join}, plan, out);
    joining.taken = joining.taken + taken_by(plan);
}

void join(const DecideContext& context, const Link& link, RowIndex link_index, Consequences& out) {
    if (link.terms.on_join != JoinPolicy::open_positions) return;
    Joining joining{.context = context, .link = link, .link_index = link_index};
    for (const MasterPosition& master : context.state.master_positions) {
        if (master.master != link.master || master.filled.value() == 0) continue;
        join_position(joining, master, out);
    }
}

void leave(const DecideContext& context, const Link& link, RowIndex link_index, Consequences& out) {
    if (link.terms.on_leave == LeavePolicy::leave) return;
    const State& state = context.state;
    for (const CopiedPosition& position : state.copied_positions) {
        if (position.link != link_index) continue;
        for (const RowIndex index : position.live) {
            const FollowerOrder& order = state.follower_orders[index];
            if (closes(order.purpose) || !can_change(order)) continue;
            cancel_order(context, order, SkipReason::none, out);
        }
        flatten(context, position, out);
    }
}

}  // namespace

void decide_link(const DecideContext& context, const LinkSet& set, Consequences& out) {
    const auto index = context.state.links.index_of(LinkKey{set.master, set.follower});
    LEDGER_ASSERT(index.has_value());
    const Link& link = context.state.links[*index];
    if (link.joined_at == context.event.sequence) join(context, link, *index, out);
    if (link.left_at == context.event.sequence) leave(context, link, *index, out);
}

void decide_link(const DecideContext& context, const LinkRemoved& removed, Consequences& out) {
    const auto index = context.state.links.index_of(LinkKey{removed.master, removed.follower});
    LEDGER_ASSERT(index.has_value());
    const Link& link = context.state.links[*index];
    if (link.left_at == context.event.sequence) leave(context, link, *index, out);
}

}  // namespace ledger::replication
