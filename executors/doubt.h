// An attempt whose outcome is not known, with all that is needed to recognise it in a book.
#pragma once

#include "ledger/model/event.h"

#include <string>

namespace executors {

struct Doubt {
    ledger::AttemptRef ref;
    ledger::IntentKind kind = ledger::IntentKind::new_;
    ledger::Instrument instrument;
    ledger::OrderTerms wanted;    // as sent; of a cancel, as the order last stood
    std::string broker_order_id;  // of a modify or cancel
};

}  // namespace executors
