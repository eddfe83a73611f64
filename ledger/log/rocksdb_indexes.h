// Looking sequences up in the log's two indexes: by id, and by account or order.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/log/rocksdb_store.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace ledger::log {

// As Journal::find() and Journal::entity_sequences() have it.
[[nodiscard]] Result<std::optional<SequenceNumber>> find_stored(const RocksdbStore& store,
                                                                const EventId& id);
[[nodiscard]] Result<std::vector<SequenceNumber>> entity_range(const RocksdbStore& store,
                                                               EntityKey entity,
                                                               SequenceNumber first,
                                                               std::size_t count_max);

}  // namespace ledger::log
