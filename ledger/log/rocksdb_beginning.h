// The beginning of a log in RocksDB: where it was archived it is no longer in the database.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/archived_records.h"
#include "ledger/log/journal.h"
#include "ledger/log/rocksdb_store.h"

#include <memory>
#include <string>
#include <utility>

namespace ledger::log {

class LogBeginning {
  public:
    // An empty function finds no archive.
    explicit LogBeginning(FindArchive find_archive) : find_archive_(std::move(find_archive)) {}

    // What the log says now, and the archive of it. One thread at a time, and none beside.
    [[nodiscard]] Result<void> look(const RocksdbStore& store);

    // The sequence of the last record that was archived; 0: none was.
    [[nodiscard]] SequenceNumber through() const { return archived_.through; }

    [[nodiscard]] const RecordsArchived& archived() const { return archived_; }

    [[nodiscard]] SequenceNumber first_sequence() const {
        return archive_ ? 1 : archived_.through + 1;
    }

    // As Journal::read(). Requires a sequence from 1 to through().
    [[nodiscard]] Result<std::string> read(SequenceNumber sequence) const;

    // As scan_records(), for those up to through() alone; whether `visit` wants more.
    [[nodiscard]] Result<bool> scan(SequenceNumber& next, SequenceNumber last,
                                    const Journal::Visit& visit) const;

  private:
    [[nodiscard]] Error not_at_hand() const;

    FindArchive find_archive_;
    RecordsArchived archived_;
    std::shared_ptr<const ArchivedRecords> archive_;
};

// Deletes the records up to `through`, if there are any, and frees what they took. Their ids and
// what stands under accounts and orders remain. No half of it is ever seen: what a crash has left
// undone, the next call does.
[[nodiscard]] Result<void> drop_records(RocksdbStore& store, SequenceNumber through);

}  // namespace ledger::log
