#include "ledger/replication/copy_plan.h"

#include "ledger/replication/copy_terms.h"
#include "ledger/replication/exposure.h"
#include "ledger/replication/order_share.h"
#include "ledger/replication/sizing.h"
#include "ledger/replication/split_order.h"

#include <algorithm>
#include <cstdint>
#include <optional>

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

// What the limits see of an order that opens where so much is held or will be beside it.
Opening opening_of(const Copier& copier, const CopyTerms& copy, Quantity held) {
    Opening opening{.state = copier.context.state,
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
                    .placed = copier.placed,
                    .places = places_of(copier)};
    for (const RowIndex index : copier.own) {
        const FollowerOrder& own = copier.row(index);
        opening.reserved = opening.reserved + share_of(own).reserved;
        // What fills first is what reduces.
        opening.filled = opening.filled + std::max(Quantity{}, own.cum_qty - own.reducing);
    }
    return opening;
}

// These tell whether the plan ends here.
bool refuse(Plan& plan, SkipReason reason) {
    plan.skip = reason;
    return reason != SkipReason::none;
}

bool refuse(Plan& plan, const std::optional<LimitFigures>& found) {
    if (!found) return false;
    plan.figures.limit = found;
    return refuse(plan, found->rule);
}

// Why there is nothing to size, if so.
SkipReason reason_against_size(const Copier& copier, const CopyTerms& copy) {
    if (is_refused(copier.context, copier.instrument)) return SkipReason::instrument_refused;
    return copy.lacks_mark ? SkipReason::no_reference_price : SkipReason::none;
}

std::int64_t slices_of(Quantity quantity, Quantity most) {
    return (quantity.value() + most.value() - 1) / most.value();
}

// As many new orders as there will be slices, those of what the same order closes included.
void limit_count(const Opening& opening, Quantity reducing, Plan& plan) {
    const std::int64_t orders = slices_of(plan.terms.quantity + reducing, plan.slice_max);
    if (orders > slices_max) {
        plan.skip = SkipReason::quantity_overflow;
    } else if (!opening.placed) {
        refuse(plan, refusal_of_count(opening, static_cast<std::uint32_t>(orders)));
    }
}

// What of a master's order opens, what the follower has or will have beside it, without sign, and
// what the same order closes.
struct OpeningPart {
    Quantity quantity;
    Quantity beside;
    Quantity reducing;
};

void add_opening(const Copier& copier, const CopyTerms& copy, const OpeningPart& part, Plan& plan) {
    const Opening opening = opening_of(copier, copy, part.beside);
    if (refuse(plan, refusal(opening))) return;
    if (refuse(plan, reason_against_size(copier, copy))) return;
    const Sized sized = size_opening(copier.link.terms, copier.rules(), part.quantity,
                                     basis_of(copier, copy.reference));
    plan.figures = sized.figures;
    if (refuse(plan, sized.skip)) return;
    const Fit fit = fit_to_limits(opening, sized.quantity, copier.rules().lot_size);
    plan.figures.limit = fit.limit;
    if (refuse(plan, fit.skip)) return;
    plan.terms.quantity = fit.quantity;
    limit_count(opening, part.reducing, plan);
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
void add_reduction(const Reduction& reduction, const OpeningPart& part, Plan& plan) {
    const Quantity reducing = part.reducing;
    const Quantity opening = part.quantity;
    if (reducing.value() == 0) {
        // Nothing of it to copy: the order stands or falls with what it opens.
        if (opening.value() == 0) plan.skip = SkipReason::nothing_to_reduce;
        return;
    }
    if (plan.skip != SkipReason::none) {
        if (!plan.figures.limit && opening.value() > 0) {
            plan.figures.limit = LimitFigures{.rule = plan.skip, .scope = RiskScope::link};
        }
        plan.terms.quantity = {};
        plan.skip = SkipReason::none;
    }
    plan.terms.quantity = plan.terms.quantity + reducing;
    plan.figures.reducing = reducing;
    plan.figures.master_position = reduction.anchor_master;
    plan.figures.position = reduction.anchor_copy;
}

Plan start_plan(const Copier& copier, const CopyTerms& copy) {
    Plan plan{.terms = copy.terms,
              .slice_max = slice_max_of(copier.rules()),
              .reference = copy.reference};
    plan.terms.quantity = {};
    return plan;
}

// The master's order may reduce his position, open one, or go through zero.
void add_parts(const Copier& copier, const CopyTerms& copy, const OrderTerms& master_terms,
               Plan& plan) {
    const State& state = copier.context.state;
    const Split split = split_order(exposure_beside(state, copier.context.order), master_terms.side,
                                    master_terms.quantity);
    const Exposure copied = exposure_beside(state, copier.position, copier.own);
    const Reduction reduction =
        reduction_of(copier, split, held_against(copied, split.by_filled, master_terms.side));
    OpeningPart part{.quantity = split.opening, .beside = {}, .reducing = {}};
    if (split.reducing.value() > 0) {
        part.reducing = size_reduction(reduction, copier.rules().lot_size);
    }
    if (split.opening.value() > 0) {
        part.beside =
            reducible(copied.expected, opposite(master_terms.side), Quantity{quantity_max});
        add_opening(copier, copy, part, plan);
    }
    if (split.reducing.value() > 0) add_reduction(reduction, part, plan);
}

void set_common_figures(const Copier& copier, const CopyTerms& copy, Quantity master_quantity,
                        Plan& plan) {
    plan.figures.master_quantity = master_quantity;
    plan.figures.lot_size = copier.rules().lot_size;
    plan.figures.strategy = copier.link.terms.strategy;
    plan.figures.mark = copy.mark.price;
    plan.figures.mark_at_ns = copy.mark.at_ns;
    plan.figures.protection_bps = copy.protection_bps;
}

Quote quote_of(const Copier& copier) {
    return {.instrument = copier.instrument.instrument,
            .rules = copier.rules(),
            .mark = copier.context.mark};
}

// The master's product is that of his NEW: another report may name none, and then says the default.
// A copied position has one product: a map that changes holds from when it is flat.
CopyTerms terms_of_copy(const Copier& copier, OrderTerms master_terms) {
    const PlanContext& context = copier.context;
    master_terms.product = context.state.master_positions[context.order.position].product;
    CopyTerms copy = copy_terms(copier.link.terms, master_terms, quote_of(copier));
    const CopiedPosition& position = copier.position;
    const bool open = position.filled.value() != 0 || !position.live.empty();
    if (open) copy.terms.product = position.follower_product;
    return copy;
}

}  // namespace

std::int64_t count_slices(const Plan& plan) {
    return slices_of(plan.terms.quantity, plan.slice_max);
}

Plan plan_copy(const PlanContext& context, RowIndex link, const OrderTerms& master_terms) {
    return plan_copy(copier_of(context, link), master_terms);
}

Plan plan_copy(const Copier& copier, const OrderTerms& master_terms) {
    const CopyTerms copy = terms_of_copy(copier, master_terms);
    Plan plan = start_plan(copier, copy);
    if (copier.follower.closed) {
        plan.skip = SkipReason::account_closed;
    } else {
        add_parts(copier, copy, master_terms, plan);
    }
    set_common_figures(copier, copy, master_terms.quantity, plan);
    return plan;
}

Plan plan_join(const PlanContext& context, RowIndex link, const OrderTerms& master_terms) {
    // The order that it goes by is not the one that is copied.
    const Copier copier = copier_of(context, link, {});
    const CopyTerms copy = terms_of_copy(copier, master_terms);
    Plan plan = start_plan(copier, copy);
    add_opening(copier, copy, {.quantity = master_terms.quantity, .beside = {}, .reducing = {}},
                plan);
    set_common_figures(copier, copy, master_terms.quantity, plan);
    return plan;
}

Plan plan_close(const PlanContext& context, const CopiedPosition& position, Quantity quantity) {
    const Copier copier = copier_of(context, position.link);
    OrderTerms terms;
    terms.side = position.filled.value() > 0 ? Side::sell : Side::buy;
    terms.type = OrderType::market;
    terms.quantity = quantity;
    const CopyTerms copy = copy_terms(copier.link.terms, terms, quote_of(copier));
    Plan plan = start_plan(copier, copy);
    plan.terms.quantity = quantity;
    plan.terms.product = position.follower_product;
    set_common_figures(copier, copy, quantity, plan);
    plan.figures.reducing = quantity;
    return plan;
}

Taken taken_by(const Plan& plan) {
    if (plan.skip != SkipReason::none) return {};
    const Quantity opening = plan.terms.quantity - plan.figures.reducing;
    return {.orders = static_cast<std::uint32_t>(count_slices(plan)),
            .capital = value_of(plan.reference, opening).value_or(Money{})};
}

}  // namespace ledger::replication
