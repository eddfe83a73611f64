// What the state says that follower orders add up to, counted again from the orders and the log.
#pragma once

#include "tests/replication/given.h"

#include <string>

namespace ledger::replication::test {

// The first figure that differs; empty where none does.
[[nodiscard]] std::string wrong_tally_of(const World& world);

}  // namespace ledger::replication::test
