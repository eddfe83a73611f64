#include "ledger/replication/copier.h"

namespace ledger::replication {

namespace {

const CopiedPosition& position_of(const PlanContext& context, RowIndex link) {
    static const CopiedPosition none{};
    const MasterPosition& held = context.state.master_positions[context.order.position];
    const CopiedPosition* known =
        context.state.copied_positions.find(CopiedPositionKey{link, held.instrument, held.product});
    return known == nullptr ? none : *known;
}

}  // namespace

Copier copier_of(const PlanContext& context, RowIndex link) {
    const AccountNumber follower = context.state.links[link].follower;
    return copier_of(context, link, copies_of(context.state, context.order, follower));
}

Copier copier_of(const PlanContext& context, RowIndex link, Copies own) {
    const State& state = context.state;
    const Link& row = state.links[link];
    return {.context = context,
            .link = row,
            .master = *state.account(row.master),
            .follower = *state.account(row.follower),
            .instrument = state.instruments[context.order.instrument],
            .position = position_of(context, link),
            .own = own,
            .placed = !own.empty()};
}

Places places_of(const Copier& copier) {
    const PlanContext& context = copier.context;
    const auto place = [](RiskScope scope, const RiskDesk& desk, const Taken& taken) {
        return Place{scope, &desk.limits, &desk.usage, taken};
    };
    const Place link{RiskScope::link, &copier.link.terms.limits, &copier.link.usage,
                     context.taken_by_link};
    return {{link, place(RiskScope::follower, copier.follower.risk, context.taken_by_link),
             place(RiskScope::master, copier.master.risk, context.taken),
             place(RiskScope::global, context.state.risk, context.taken)}};
}

}  // namespace ledger::replication
