// A link's terms as cells.
#pragma once

#include "ledger/model/account.h"
#include "projections/row.h"

namespace projections {

void add_link_terms(Row& row, const ledger::LinkTerms& terms);

}  // namespace projections
