#include "ledger/replication/sizing.h"

#include "ledger/base/int128.h"

#include <algorithm>
#include <optional>

namespace ledger::replication {

namespace {

// A size before lots, or why there is none.
struct Raw {
    Quantity quantity;
    SkipReason skip = SkipReason::none;
};

Raw scaled(Quantity quantity, std::int64_t numerator, std::int64_t denominator) {
    const auto value = mul_div_floor(quantity.value(), numerator, denominator);
    if (!value || *value > quantity_max)
        return {.quantity = {}, .skip = SkipReason::quantity_overflow};
    return {.quantity = Quantity{std::max<std::int64_t>(*value, 0)}};
}

// Why the recorded equity cannot be a basis, if so.
SkipReason reason_against_equity(const SizingBasis& basis) {
    if (basis.equity_at_ns == 0) return SkipReason::equity_unknown;
    const bool stale = basis.now_ns - basis.equity_at_ns > basis.equity_age_ns_max;
    return stale ? SkipReason::equity_stale : SkipReason::none;
}

Raw size_by_percentage(const LinkTerms& link, const SizingBasis& basis) {
    const SkipReason reason = reason_against_equity(basis);
    if (reason != SkipReason::none) return {.quantity = {}, .skip = reason};
    if (basis.reference.value() <= 0)
        return {.quantity = {}, .skip = SkipReason::no_reference_price};
    constexpr std::int64_t percent = 100;
    const auto budget = mul_div_floor(basis.equity.value(), link.percentage.numerator,
                                      link.percentage.denominator * percent);
    if (!budget) return {.quantity = {}, .skip = SkipReason::quantity_overflow};
    return scaled(Quantity{std::max<std::int64_t>(*budget, 0)}, 1, basis.reference.value());
}

Raw size_by_equity(Quantity master_quantity, const SizingBasis& basis) {
    const SkipReason reason = reason_against_equity(basis);
    if (reason != SkipReason::none) return {.quantity = {}, .skip = reason};
    if (basis.master_equity.value() <= 0)
        return {.quantity = {}, .skip = SkipReason::equity_unknown};
    return scaled(master_quantity, basis.equity.value(), basis.master_equity.value());
}

Raw raw_size(const LinkTerms& link, Quantity master_quantity, const SizingBasis& basis) {
    switch (link.strategy) {
        case CopyStrategy::fixed_ratio:
            return scaled(master_quantity, link.ratio.numerator, link.ratio.denominator);
        case CopyStrategy::percentage:
            return size_by_percentage(link, basis);
        case CopyStrategy::fixed_quantity:
            return {.quantity = link.fixed_quantity};
        case CopyStrategy::equity_proportional:
            return size_by_equity(master_quantity, basis);
    }
    return {.quantity = {}, .skip = SkipReason::quantity_overflow};
}

bool uses_equity(CopyStrategy strategy) {
    return strategy == CopyStrategy::percentage || strategy == CopyStrategy::equity_proportional;
}

SizingFigures figures_of(const LinkTerms& link, Quantity master_quantity,
                         const SizingBasis& basis) {
    SizingFigures figures;
    figures.strategy = link.strategy;
    figures.master_quantity = master_quantity;
    if (link.strategy == CopyStrategy::fixed_ratio) figures.ratio = link.ratio;
    if (link.strategy == CopyStrategy::percentage) figures.ratio = link.percentage;
    if (uses_equity(link.strategy)) {
        figures.equity = basis.equity;
        figures.equity_at_ns = basis.equity_at_ns;
    }
    if (link.strategy == CopyStrategy::equity_proportional) {
        figures.master_equity = basis.master_equity;
    }
    return figures;
}

}  // namespace

Sized size_opening(const LinkTerms& link, const InstrumentRules& rules, Quantity master_quantity,
                   const SizingBasis& basis) {
    Sized sized{.quantity = {}, .figures = figures_of(link, master_quantity, basis)};
    sized.figures.lot_size = rules.lot_size;
    const Raw raw = raw_size(link, master_quantity, basis);
    sized.skip = raw.skip;
    if (sized.skip != SkipReason::none) return sized;
    sized.figures.raw_quantity = raw.quantity;
    sized.quantity = round_to_lots(raw.quantity, rules.lot_size);
    const bool none = sized.quantity.value() == 0;
    if (none && link.round_up_to_min_lot) sized.quantity = rules.lot_size;
    if (none && !link.round_up_to_min_lot) sized.skip = SkipReason::below_min_lot;
    return sized;
}

Quantity size_reduction(const Reduction& reduction, Quantity lot_size) {
    Quantity kept;
    if (reduction.master_left.value() > 0 && reduction.anchor_master.value() > 0) {
        const auto share =
            mul_div_floor(reduction.anchor_copy.value(), reduction.master_left.value(),
                          reduction.anchor_master.value());
        // Beyond 64 bits it is beyond what the follower has, too.
        kept = share ? round_to_lots(Quantity{*share}, lot_size) : reduction.copy;
    }
    return reduction.copy - std::min(kept, reduction.copy);
}

}  // namespace ledger::replication
