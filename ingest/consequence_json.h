// What would follow from a master's event, as an answer. Pure.
#pragma once

#include "ledger/model/account_number.h"
#include "ledger/replication/decide.h"

#include <map>
#include <string>
#include <vector>

namespace ingest {

// {"summary":{"would_send","would_skip"},"results":[...]}: each order, change or skip with the
// figures that decided it. Followers missing from `usernames` have none.
[[nodiscard]] std::string consequences_text(
    const std::vector<ledger::replication::Consequence>& consequences,
    const std::map<ledger::AccountNumber, std::string>& usernames);

}  // namespace ingest
