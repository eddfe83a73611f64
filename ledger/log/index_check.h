// What the indexes must say of a record, so that whoever looks it up finds it.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/model/event.h"

namespace ledger::log {

// corrupt, naming the record, where an id, an account or an order of the event does not lead to it.
// Requires the event to be in the journal.
[[nodiscard]] Result<void> check_index(const Journal& journal, const Event& event);

}  // namespace ledger::log
