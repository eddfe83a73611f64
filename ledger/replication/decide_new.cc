// A master's new order: map, size, intend or skip, for every active link.
#include "ledger/replication/decide_internal.h"

#include <optional>

namespace ledger::replication {

namespace {

constexpr bool is_cash(Segment segment) {
    return segment == Segment::nse_cash || segment == Segment::bse_cash;
}

bool instrument_refused(const MasterContext& context) {
    const KnownInstrument& known = context.state.instruments[context.order.instrument];
    if (known.defined) return false;
    switch (context.policy.unknown_instrument) {
        case UnknownInstrument::allow:
            return false;
        case UnknownInstrument::refuse:
            return true;
        case UnknownInstrument::cash_only:
            return !is_cash(known.instrument.segment);
    }
    return true;
}

// Why nobody's copy of this order can be made, if so.
std::optional<SkipReason> reason_for_all(const MasterContext& context) {
    if (context.order.dead()) return SkipReason::master_order_dead;
    if (!context.state.account(context.order.account)->tradable()) {
        return SkipReason::account_disabled;
    }
    if (instrument_refused(context)) return SkipReason::instrument_refused;
    return std::nullopt;
}

Consequence intend(const MasterContext& context, AccountNumber follower, const Sized& sized) {
    constexpr std::uint32_t slice = 0;
    OrderTerms terms = context.order.terms;
    terms.quantity = sized.quantity;
    return {intent_id(context.event.id, follower, IntentKind::new_, slice),
            FollowerOrderIntended{.master_order = context.order.id,
                                  .master = context.order.account,
                                  .follower = follower,
                                  .slice = slice,
                                  .terms = terms,
                                  .figures = sized.figures}};
}

Consequence decide_link(const MasterContext& context, const Link& link) {
    const auto skipped = [&](SkipReason reason, const SizingFigures& figures) {
        return skip(context, link.follower, Skip{IntentKind::new_, reason, figures, 0});
    };
    if (!context.state.account(link.follower)->tradable()) {
        return skipped(SkipReason::account_disabled, {});
    }
    const Sized sized = size_all_versions(context, link.terms);
    if (sized.skip) return skipped(*sized.skip, sized.figures);
    return intend(context, link.follower, sized);
}

}  // namespace

void decide_new(const MasterContext& context, Consequences& out) {
    // An order is new once. Its broker repeating so under another version may bring other terms.
    if (context.order.new_reports > 1) {
        decide_modify(context, out);
        return;
    }
    const auto reason = reason_for_all(context);
    for_each_active_link(context, [&](const Link& link) {
        out.push_back(reason ? skip(context, link.follower, Skip{IntentKind::new_, *reason, {}, 0})
                             : decide_link(context, link));
    });
}

}  // namespace ledger::replication
