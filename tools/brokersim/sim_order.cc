#include "tools/brokersim/sim_order.h"

namespace tools::brokersim {

std::string_view to_text(OrderState state) {
    switch (state) {
        case OrderState::new_:
            return "New";
        case OrderState::trigger_pending:
            return "Trigger Pending";
        case OrderState::replaced:
            return "Replaced";
        case OrderState::partially_filled:
            return "PartiallyFilled";
        case OrderState::filled:
            return "Filled";
        case OrderState::cancelled:
            return "Cancelled";
        case OrderState::rejected:
            return "Rejected";
    }
    return "";
}

ledger::Quantity SimOrder::leaves_qty() const {
    if (!is_open(now().state)) return ledger::Quantity{0};
    return now().terms.quantity - now().cum_qty;
}

}  // namespace tools::brokersim
