#include "projections/order_cells.h"

#include "projections/cell_text.h"

namespace projections {

using namespace ledger;

void add_instrument(Row& row, const Instrument& instrument) {
    row.text("symbol", instrument.symbol)
        .text("exchange", to_text(instrument.segment))
        .text("scrip_code", instrument.token);
}

void add_order_terms(Row& row, const OrderTerms& terms) {
    row.text("side", to_text(terms.side))
        .text("order_type", to_text(terms.type))
        .text("product", to_text(terms.product))
        .text("validity", to_text(terms.time_in_force))
        .integer("quantity", terms.quantity.value())
        .text("price", decimal(terms.price))
        .text("trigger_price", decimal(terms.trigger));
}

}  // namespace projections
