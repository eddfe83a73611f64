// Random trading days under every strategy and limit: two masters, four followers, one of whom
// copies both; brokers that fill late, in part or not at all; limits, halts and exits at any time.
#pragma once

#include "tests/replication/desk.h"
#include "tests/replication/random_run.h"

namespace ledger::replication::test {

// Lots of 1, 5 or 25, and orders of at most 150.
[[nodiscard]] Desk busy_desk(std::int64_t lot);

// A master's order, a fill, a change; an executor's or a broker's answer; an operator's act.
Answer day_goes_on(Desk& desk, const Step& step);

// Both masters cancel what works and close what they hold, and then open and close once more, so
// that also what only a follower got is behind them; every follower's order is filled.
void masters_go_flat(Desk& desk);

}  // namespace ledger::replication::test
