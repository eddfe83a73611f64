#include "ledger/replication/sizing.h"

#include "ledger/base/int128.h"

namespace ledger::replication {

namespace {

// The quantity before lots, or nothing where it cannot be held.
std::optional<Quantity> raw_quantity(const LinkTerms& link, Quantity master_quantity) {
    switch (link.strategy) {
        case CopyStrategy::fixed_ratio: {
            const auto scaled = mul_div_floor(master_quantity.value(), link.ratio.numerator,
                                              link.ratio.denominator);
            if (!scaled || *scaled > quantity_max) return std::nullopt;
            return Quantity{*scaled};
        }
    }
    return std::nullopt;
}

}  // namespace

Sized size_order(const LinkTerms& link, const InstrumentRules& rules, Quantity master_quantity) {
    Sized sized{.quantity = {},
                .figures = {.ratio = link.ratio,
                            .master_quantity = master_quantity,
                            .raw_quantity = {},
                            .lot_size = rules.lot_size},
                .skip = std::nullopt};
    const auto raw = raw_quantity(link, master_quantity);
    if (!raw) {
        sized.skip = SkipReason::quantity_overflow;
        return sized;
    }
    sized.figures.raw_quantity = *raw;
    const std::int64_t lot = rules.lot_size.value();
    const std::int64_t lots = raw->value() / lot;
    sized.quantity = Quantity{lots * lot};
    if (lots == 0 && link.round_up_to_min_lot) sized.quantity = rules.lot_size;
    if (sized.quantity.value() == 0) sized.skip = SkipReason::below_min_lot;
    return sized;
}

}  // namespace ledger::replication
