// Reading records back, never past a gap and never a damaged one.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/log/rocksdb_store.h"

#include <string>

namespace ledger::log {

// 0 for an empty log.
[[nodiscard]] Result<SequenceNumber> last_record(const RocksdbStore& store);

// Of the oldest that is there; 0 for an empty log.
[[nodiscard]] Result<SequenceNumber> first_record(const RocksdbStore& store);

// The stored frame, its checksum verified; corrupt where it is missing or damaged.
[[nodiscard]] Result<std::string> read_frame(const RocksdbStore& store, SequenceNumber sequence);

// Visits `next`, next+1, ... up to `last`, both at most last_record(). On an error `next` is the
// record that could not be read.
[[nodiscard]] Result<void> scan_records(const RocksdbStore& store, SequenceNumber& next,
                                        SequenceNumber last, const Journal::Visit& visit);

}  // namespace ledger::log
