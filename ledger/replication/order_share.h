// What one order takes up of its position and of the limits, as long as it lives.
#pragma once

#include "ledger/replication/state.h"

namespace ledger::replication {

struct OrderShare {
    bool live = false;  // not ended, as far as is known
    Quantity leaves;    // may still fill, once the changes under way have happened
    Money reserved;     // the value of those leaves that open a position

    friend bool operator==(const OrderShare&, const OrderShare&) = default;
};

[[nodiscard]] OrderShare share_of(const FollowerOrder& order);

// A cancel is on its way or acknowledged.
[[nodiscard]] bool cancel_is_coming(const FollowerOrder& order);

// What the order will be once everything under way has happened.
[[nodiscard]] const OrderTerms& terms_to_come(const FollowerOrder& order);

}  // namespace ledger::replication
