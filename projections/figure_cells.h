// How a quantity came about, as cells.
#pragma once

#include "ledger/model/event.h"
#include "projections/row.h"

namespace projections {

void add_figures(Row& row, const ledger::SizingFigures& figures);

}  // namespace projections
