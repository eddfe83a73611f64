// What one positively read book says of one doubt. Pure.
#pragma once

#include "executors/broker_gateway.h"
#include "executors/doubt.h"

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

namespace executors {

// What a broker's book can be trusted with.
struct LookUp {
    bool possible = true;                   // the book shows our references
    std::int64_t visibility_window_ns = 0;  // an order that it lacks for this long is not there
};

// One read of an account's book, or the try.
struct BookLook {
    const Book& book;
    LookUp look_up;
    std::int64_t started_ns = 0;
    std::int64_t now_ns = 0;
};

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

// Neither effect nor order. `perhaps` is one of the same instrument, side and quantity that shows
// no reference or the beginning of ours: it may be the one, and nothing tells.
struct ShownAbsent {
    const BookRow* perhaps = nullptr;
};

// An order bears our reference and is not the one that was asked for. Nothing may be sent.
struct ShownForeign {
    const BookRow* row = nullptr;
};

using Evidence = std::variant<ShownDone, ShownEnded, ShownUnchanged, ShownAbsent, ShownForeign>;

[[nodiscard]] Evidence weigh(const Doubt& doubt, std::span<const BookRow> rows);

// The row as a report on the follower order.
[[nodiscard]] ledger::FollowerOrderReported to_report(const BookRow& row,
                                                      const ledger::EventId& order,
                                                      ledger::AccountNumber account);

}  // namespace executors
