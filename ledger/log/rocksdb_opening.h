// Opening a data directory: what must hold between lock, head record and database.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/directory_lock.h"
#include "ledger/log/head_record.h"
#include "ledger/log/rocksdb_manifest.h"
#include "ledger/log/rocksdb_storage.h"
#include "ledger/log/rocksdb_store.h"

#include <memory>
#include <string>

namespace ledger::log {

struct LogPlace {
    std::string directory;
    JournalStorage storage;
};

struct OpenedLog {
    std::unique_ptr<RocksdbStore> store;
    SequenceNumber last_sequence = 0;
};

struct OpenedForWriting {
    DirectoryLock lock;  // released last
    HeadFile head;
    HeadRecord newest;  // as it stands in the file
    ManifestSum manifest;
    OpenedLog log;
};

// Creates the directory, the log and the head where there is none of them. A directory that is
// refused is left as it was found.
[[nodiscard]] Result<OpenedForWriting> open_for_writing(const LogPlace& place);

// Changes nothing in the directory, and bears with a process that writes to it.
[[nodiscard]] Result<OpenedLog> open_for_reading(const LogPlace& place);

// Lets a log opened for reading see what has been written since.
[[nodiscard]] Result<void> catch_up(const LogPlace& place, OpenedLog& log);

}  // namespace ledger::log
