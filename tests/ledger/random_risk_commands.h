// What operators say of limits, consent, funds, halts and exits, as bytes choose it.
#pragma once

#include "ledger/model/command.h"
#include "ledger/replication/state.h"
#include "tests/ledger/random_commands.h"

namespace ledger::test {

// `follower` is the account that it is about, where it is about one.
[[nodiscard]] CommandPayload risk_command(const replication::State& state, AccountNumber follower,
                                          const Step& step);

}  // namespace ledger::test
