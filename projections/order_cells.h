// What an order is of and what it asks for, as cells.
#pragma once

#include "ledger/model/order.h"
#include "projections/row.h"

namespace projections {

void add_instrument(Row& row, const ledger::Instrument& instrument);
void add_order_terms(Row& row, const ledger::OrderTerms& terms);

}  // namespace projections
