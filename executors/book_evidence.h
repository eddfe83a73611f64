// What one positively read book says of one doubt. Pure.
#pragma once

#include <span>
#include <variant>
#include <vector>

#include "executors/broker_gateway.h"
#include "executors/doubt.h"

namespace executors {

// The request had its effect: the broker's order, and others that bear the same reference.
struct ShownDone {
    const BookRow* row = nullptr;
    std::vector<const BookRow*> duplicates;
};

// The order ended before the change could reach it.
struct ShownEnded {
    const BookRow* row = nullptr;
};

// The order is there, and the change is not (yet).
struct ShownUnchanged {};

// Neither effect nor order.
struct ShownAbsent {};

// An order bears our reference and is not the one that was asked for. Nothing may be sent.
struct ShownForeign {
    const BookRow* row = nullptr;
};

using Evidence =
    std::variant<ShownDone, ShownEnded, ShownUnchanged, ShownAbsent, ShownForeign>;

[[nodiscard]] Evidence weigh(const Doubt& doubt, std::span<const BookRow> rows);

// The row as a report on the follower order.
[[nodiscard]] ledger::FollowerOrderReported to_report(const BookRow& row,
                                                      const ledger::EventId& order,
                                                      ledger::AccountNumber account);

}  // namespace executors
