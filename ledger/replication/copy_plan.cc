#include "ledger/replication/copy_plan.h"

#include "ledger/replication/exposure.h"
#include "ledger/replication/order_share.h"
#include "ledger/replication/sizing.h"
#include "ledger/replication/split_order.h"

#include <algorithm>

namespace ledger::replication {

namespace {

// An order of more slices is taken for a mistake.
constexpr std::int64_t slices_max = 200;

constexpr bool is_cash(Segment segment) {
    return segment == Segment::nse_cash || segment == Segment::bse_cash;
}

bool is_refused(const PlanContext& context, const KnownInstrument& known) {
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

Quantity slice_max_of(const InstrumentRules& rules) {
    const Quantity most = round_to_lots(rules.freeze_quantity, rules.lot_size);
    return most.value() > 0 ? most : Quantity{quantity_max};
}

// Everything about one link's copy of the order, looked up once.
struct Copier {
    const PlanContext& context;
    const Link& link;
    const Account& master;
    const Account& follower;
    const KnownInstrument& instrument;
    const CopiedPosition& position;  // an empty one where there is none yet

    [[nodiscard]] const InstrumentRules& rules() const { return instrument.rules; }
};

const CopiedPosition& position_of(const PlanContext& context, const Link& link) {
    static const CopiedPosition none{};
    const auto row = context.state.links.index_of(LinkKey{link.master, link.follower});
    LEDGER_ASSERT(row.has_value());
    const MasterPosition& held = context.state.master_positions[context.order.position];
    const CopiedPosition* known =
        context.state.copied_positions.find(CopiedPositionKey{*row, held.instrument, held.product});
    return known == nullptr ? none : *known;
}

Copier copier_of(const PlanContext& context, const Link& link) {
    const KnownInstrument& instrument = context.state.instruments[context.order.instrument];
    return {.context = context,
            .link = link,
            .master = *context.state.account(link.master),
            .follower = *context.state.account(link.follower),
            .instrument = instrument,
            .position = position_of(context, link)};
}

// Orders of this master order that the follower has already.
template <class Visit>
void for_each_own_copy(const Copier& copier, const Visit& visit) {
    for (const RowIndex index : copier.context.order.copies) {
        const FollowerOrder& copy = copier.context.state.follower_orders[index];
        if (copy.follower == copier.link.follower) visit(copy);
    }
}

SizingBasis basis_of(const Copier& copier, Price reference) {
    const bool by_percentage = copier.link.terms.strategy == CopyStrategy::percentage;
    const Funds& own = copier.follower.funds;
    const Funds& master = copier.master.funds;
    return {.reference = reference,
            .equity = by_percentage ? own.capital : own.equity,
            .master_equity = master.equity,
            .equity_at_ns = by_percentage ? own.at_ns : std::min(own.at_ns, master.at_ns),
            .equity_age_ns_max = copier.context.policy.max_equity_age_ns,
            .now_ns = copier.context.now_ns};
}

// The part of the plan that opens; `held` is what there is or will be beside it, without sign.
Plan plan_opening(const Copier& copier, const CopyTerms& copy, Quantity master_quantity,
                  Quantity held) {
    Plan plan{.terms = copy.terms};
    bool placed = false;
    Money reserved;
    Quantity filled;
    for_each_own_copy(copier, [&](const FollowerOrder& own) {
        placed = true;
        reserved = reserved + share_of(own).reserved;
        filled = filled + own.cum_qty;
    });
    const Opening opening{.state = copier.context.state,
                          .policy = copier.context.policy,
                          .link = copier.link,
                          .master = copier.master,
                          .follower = copier.follower,
                          .instrument = copier.instrument.instrument,
                          .terms = copy.terms,
                          .reference = copy.reference,
                          .mark = copier.context.mark,
                          .occurred_at_ns = copier.context.occurred_at_ns,
                          .now_ns = copier.context.now_ns,
                          .position = held,
                          .reserved = reserved,
                          .filled = filled,
                          .placed = placed,
                          .taken = copier.context.taken,
                          .taken_by_link = copier.context.taken_by_link};
    const auto refuse = [&](const LimitFigures& figures) {
        plan.skip = figures.rule;
        plan.figures.limit = figures;
        return plan;
    };
    if (const auto found = refusal(opening)) return refuse(*found);
    if (is_refused(copier.context, copier.instrument)) {
        plan.skip = SkipReason::instrument_refused;
        return plan;
    }
    if (copy.lacks_mark) {
        plan.skip = SkipReason::no_reference_price;
        return plan;
    }
    Sized sized = size_opening(copier.link.terms, copier.rules(), master_quantity,
                               basis_of(copier, copy.reference));
    plan.figures = sized.figures;
    plan.skip = sized.skip;
    if (plan.skip != SkipReason::none) return plan;
    const Fit fit = fit_to_limits(opening, sized.quantity, copier.rules().lot_size);
    plan.figures.limit = fit.limit;
    plan.skip = fit.skip;
    plan.terms.quantity = fit.quantity;
    if (plan.skip != SkipReason::none || placed) return plan;
    const std::int64_t most = slice_max_of(copier.rules()).value();
    const std::int64_t count = (fit.quantity.value() + most - 1) / most;
    if (count > slices_max) {
        plan.skip = SkipReason::quantity_overflow;
        return plan;
    }
    if (const auto found = refusal_of_count(opening, static_cast<std::uint32_t>(count))) {
        return refuse(*found);
    }
    return plan;
}

// What the follower has against an order of this side; none where it has nothing, or the opposite.
Quantity held_against(const Exposure& copied, bool by_filled, Side side) {
    return reducible(by_filled ? copied.filled : copied.expected, side, Quantity{quantity_max});
}

Reduction reduction_of(const Copier& copier, const Split& split, Quantity copy) {
    Reduction reduction{.anchor_master = split.before,
                        .anchor_copy = copy,
                        .master_left = split.before - split.reducing,
                        .copy = copy};
    const MasterPosition& held =
        copier.context.state.master_positions[copier.context.order.position];
    const CopiedPosition& position = copier.position;
    const bool anchored =
        position.anchor_master.value() > 0 && position.anchor_openings == held.openings;
    if (split.by_filled || !anchored) return reduction;
    const Quantity anchor_master = position.anchor_master - (held.lost - position.anchor_lost);
    if (anchor_master < split.before) return reduction;
    reduction.anchor_master = anchor_master;
    reduction.anchor_copy = position.anchor_copy;
    return reduction;
}

// Reductions pass every limit; only what cannot be sent at all is refused.
Plan add_reduction(const Copier& copier, Plan plan, const Reduction& reduction, Quantity opening) {
    const Quantity reducing = size_reduction(reduction, copier.rules().lot_size);
    if (reducing.value() == 0) {
        // Nothing of it to copy: the order stands or falls with what it opens.
        if (opening.value() == 0) plan.skip = SkipReason::nothing_to_reduce;
        return plan;
    }
    if (plan.skip != SkipReason::none) {
        if (!plan.figures.limit && opening.value() > 0) {
            plan.figures.limit = LimitFigures{.rule = plan.skip, .scope = RiskScope::link};
        }
        plan.terms.quantity = {};
        plan.skip = SkipReason::none;
    }
    plan.terms.quantity = plan.terms.quantity + reducing;
    plan.terms.product = copier.position.follower_product;
    plan.figures.reducing = reducing;
    plan.figures.master_position = reduction.anchor_master;
    plan.figures.position = reduction.anchor_copy;
    return plan;
}

void set_common_figures(const Copier& copier, const CopyTerms& copy, Quantity master_quantity,
                        Plan& plan) {
    plan.figures.master_quantity = master_quantity;
    plan.figures.lot_size = copier.rules().lot_size;
    plan.figures.strategy = copier.link.terms.strategy;
    plan.figures.mark = copy.mark.price;
    plan.figures.mark_at_ns = copy.mark.at_ns;
    plan.figures.protection_bps = copy.protection_bps;
    plan.slice_max = slice_max_of(copier.rules());
    plan.reference = copy.reference;
}

Quote quote_of(const Copier& copier) {
    return {.instrument = copier.instrument.instrument,
            .rules = copier.rules(),
            .mark = copier.context.mark};
}

}  // namespace

Plan plan_copy(const PlanContext& context, const Link& link, const OrderTerms& master_terms) {
    const Copier copier = copier_of(context, link);
    const CopyTerms copy = copy_terms(link.terms, master_terms, quote_of(copier));
    const Split split = split_order(exposure_beside(context.state, context.order),
                                    master_terms.side, master_terms.quantity);
    const Exposure copied = exposure_beside(context.state, copier.position, context.order);
    Plan plan{.terms = copy.terms};
    plan.terms.quantity = {};
    if (copier.follower.closed) {
        plan.skip = SkipReason::account_closed;
    } else if (split.opening.value() > 0) {
        const Quantity beside =
            reducible(copied.expected, opposite(master_terms.side), Quantity{quantity_max});
        plan = plan_opening(copier, copy, split.opening, beside);
    }
    if (split.reducing.value() > 0 && !copier.follower.closed) {
        const Quantity held = held_against(copied, split.by_filled, master_terms.side);
        plan = add_reduction(copier, std::move(plan), reduction_of(copier, split, held),
                             split.opening);
    }
    set_common_figures(copier, copy, master_terms.quantity, plan);
    return plan;
}

Plan plan_join(const PlanContext& context, const Link& link, const OrderTerms& master_terms,
               Quantity held) {
    const Copier copier = copier_of(context, link);
    const CopyTerms copy = copy_terms(link.terms, master_terms, quote_of(copier));
    Plan plan = plan_opening(copier, copy, master_terms.quantity, held);
    set_common_figures(copier, copy, master_terms.quantity, plan);
    return plan;
}

Plan plan_close(const PlanContext& context, const CopiedPosition& position, Quantity quantity) {
    const Link& link = context.state.links[position.link];
    const Copier copier = copier_of(context, link);
    OrderTerms terms;
    terms.side = position.filled.value() > 0 ? Side::sell : Side::buy;
    terms.type = OrderType::market;
    terms.quantity = quantity;
    const CopyTerms copy = copy_terms(link.terms, terms, quote_of(copier));
    Plan plan{.terms = copy.terms};
    plan.terms.product = position.follower_product;
    set_common_figures(copier, copy, quantity, plan);
    plan.figures.reducing = quantity;
    return plan;
}

std::vector<Quantity> slices_of(const Plan& plan) {
    std::vector<Quantity> slices;
    Quantity rest = plan.terms.quantity;
    while (rest.value() > 0) {
        slices.push_back(std::min(rest, plan.slice_max));
        rest = rest - slices.back();
    }
    return slices;
}

Taken taken_by(const Plan& plan) {
    if (plan.skip != SkipReason::none) return {};
    const Quantity opening = plan.terms.quantity - plan.figures.reducing;
    return {.orders = static_cast<std::uint32_t>(slices_of(plan).size()),
            .capital = value_of(plan.reference, opening).value_or(Money{})};
}

}  // namespace ledger::replication
