#include "projections/figure_cells.h"

#include "projections/cell_text.h"
#include "projections/limit_cells.h"

namespace projections {

using namespace ledger;

void add_figures(Row& row, const SizingFigures& figures) {
    row.text("copy_strategy", to_text(figures.strategy))
        .text("ratio", to_text(figures.ratio))
        .integer("master_quantity", figures.master_quantity.value())
        .integer("raw_quantity", figures.raw_quantity.value())
        .integer("lot_size", figures.lot_size.value())
        .integer("reducing", figures.reducing.value())
        .integer("master_position", figures.master_position.value())
        .integer("position", figures.position.value())
        .text("mark", decimal(figures.mark))
        .text("mark_at", instant(figures.mark_at_ns))
        .text("equity", decimal(figures.equity))
        .text("master_equity", decimal(figures.master_equity))
        .text("equity_at", instant(figures.equity_at_ns))
        .count("protection_bps", figures.protection_bps);
    add_limit_figures(row, figures.limit);
}

}  // namespace projections
