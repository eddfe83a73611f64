// The log of a data directory, with the archive of its beginning where it was dropped and one is
// attached.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/archived_records.h"
#include "ledger/log/rocksdb_journal.h"

#include <memory>
#include <string>

namespace tools {

// Beside a server too; changes nothing.
[[nodiscard]] ledger::Result<std::unique_ptr<ledger::log::RocksdbJournal>> open_log_to_read(
    const std::string& data);

// unavailable where another process holds it. Makes one where there is none.
[[nodiscard]] ledger::Result<std::unique_ptr<ledger::log::RocksdbJournal>> open_log_to_write(
    const std::string& data, bool sync);

// Whether an archive's checkpoint, by its text, is of just what the event says.
[[nodiscard]] bool is_archive_of(const std::string& checkpoint,
                                 const ledger::RecordsArchived& archived);

}  // namespace tools
