// Which part of a master's order reduces his position, and which opens one.
#pragma once

#include "ledger/replication/exposure.h"

namespace ledger::replication {

// What of the master's order goes against his position, and on what that is measured: what he will
// have once his other orders are done or, where an order covers what he has now although another
// one does so too (a stop beside a target), what he has now.
struct Split {
    Quantity reducing;
    Quantity opening;
    bool by_filled = false;
    Quantity before;  // without sign
};

[[nodiscard]] Split split_order(const Exposure& master, Side side, Quantity quantity);

}  // namespace ledger::replication
