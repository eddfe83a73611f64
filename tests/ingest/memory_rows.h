// Rows of the twin's views, under the names that the projections give them.
#pragma once

#include "ledger/model/event.h"
#include "ledger/replication/state.h"
#include "ledger/vault/subject_keys.h"

#include <string>

namespace ingest::test {

[[nodiscard]] std::string account_json(const ledger::replication::Account& account,
                                       const ledger::vault::SubjectKeys& subjects);
[[nodiscard]] std::string link_json(const ledger::replication::Link& link);
// The envelope, and of what the kind says only what the API reads.
[[nodiscard]] std::string event_json(const ledger::Event& event);

// Whether the event stands under that order: a master order's id, or a follower order's ClOrdID.
[[nodiscard]] bool is_of_order(const ledger::replication::State& state, const ledger::Event& event,
                               const std::string& order);

}  // namespace ingest::test
