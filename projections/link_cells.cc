#include "projections/link_cells.h"

#include "projections/limit_cells.h"

#include <string>
#include <vector>

namespace projections {

using namespace ledger;

namespace {

// "MIS>NRML,CNC>MIS"
template <class Rule>
std::string map_text(const std::vector<Rule>& rules) {
    std::string all;
    for (const Rule& rule : rules) {
        if (!all.empty()) all += ',';
        all += std::string{to_text(rule.from)} + ">" + std::string{to_text(rule.to)};
    }
    return all;
}

}  // namespace

void add_link_terms(Row& row, const LinkTerms& terms) {
    row.text("copy_strategy", to_text(terms.strategy))
        .text("scaling_factor", to_text(terms.ratio))
        .text("percentage", to_text(terms.percentage))
        .integer("fixed_quantity", terms.fixed_quantity.value())
        .boolean("round_up_to_min_lot", terms.round_up_to_min_lot)
        .boolean("active", terms.active)
        .text("sides", to_text(terms.sides))
        .text("price_mode", to_text(terms.price_mode))
        .count("protection_bps", terms.protection_bps)
        .text("product_map", map_text(terms.product_map))
        .text("order_type_map", map_text(terms.order_type_map))
        .text("on_join", to_text(terms.on_join))
        .text("on_leave", to_text(terms.on_leave))
        .text("limits", limits_text(terms.limits));
}

}  // namespace projections
