// What callers are answered.
#pragma once

#include "ledger/model/command.h"
#include "ledger/replication/state.h"

#include <vector>

namespace ledger {

// Counts followers, not orders.
class DecisionCount {
  public:
    explicit DecisionCount(Receipt& receipt) : receipt_(receipt) {}

    // The next consequence, in the order of the log.
    void add(const Payload& payload);

  private:
    Receipt& receipt_;
    std::vector<AccountNumber> counted_;  // ascending
};

// Of an event, without what followed from it.
[[nodiscard]] Receipt start_receipt(const Event& event);

// The answer where nothing needed recording: the state is so already.
[[nodiscard]] Receipt unchanged_receipt(const replication::State& state, const Command& command);

}  // namespace ledger
