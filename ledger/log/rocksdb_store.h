// The database below the journal: opened, written with fail-stop, followed from another process.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/rocksdb_manifest.h"
#include "ledger/log/rocksdb_storage.h"

#include <memory>
#include <string>
#include <vector>

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
class Env;
class Status;
class WriteBatch;
}  // namespace rocksdb

namespace ledger::log {

class FailStop;

// corrupt for damaged bytes, unavailable for all else.
[[nodiscard]] Error read_error(const rocksdb::Status& status);

class RocksdbStore {
    struct OpenedOnly {};

  public:
    enum class Mode { create, write, inspect, follow };

    // `create` makes the database where there is none, `write` refuses then. `follow` reads a
    // database that another process may be writing, and changes nothing in its directory; but it
    // passes over a table that is gone or cannot be opened, with all that is in it. `inspect`
    // changes nothing either and refuses such a table; it sees nothing that is written later.
    [[nodiscard]] static Result<std::unique_ptr<RocksdbStore>> open(const std::string& directory,
                                                                    Mode mode,
                                                                    const JournalStorage& storage);

    RocksdbStore(OpenedOnly, const JournalStorage& storage);
    RocksdbStore(const RocksdbStore&) = delete;
    RocksdbStore& operator=(const RocksdbStore&) = delete;
    ~RocksdbStore();

    // After the first failure, of a write here or of RocksDB's own work in the background, every
    // write is refused without touching the disk.
    [[nodiscard]] Result<void> write(rocksdb::WriteBatch& batch, bool sync);
    // storage_failed after the first failure.
    [[nodiscard]] Result<void> usable() const;
    // Counts as a failed write: for the caller's own files beside the database.
    void poison(const std::string& reason);

    // Reads what the writer has written since; for readers only.
    [[nodiscard]] Result<void> catch_up();

    // RocksDB syncs what it adds before it counts it.
    [[nodiscard]] Result<ManifestExtent> manifest() const;
    // From then on only write() changes a file.
    void end_background_work();

    [[nodiscard]] rocksdb::DB& db() const { return *db_; }

    [[nodiscard]] rocksdb::ColumnFamilyHandle* records() const { return handles_[1]; }

    [[nodiscard]] rocksdb::ColumnFamilyHandle* ids() const { return handles_[2]; }

    [[nodiscard]] rocksdb::ColumnFamilyHandle* entities() const { return handles_[3]; }

  private:
    [[nodiscard]] rocksdb::Status open_writer(const std::string& directory, Mode mode);
    [[nodiscard]] rocksdb::Status open_reader(const std::string& directory, Mode mode);

    JournalStorage storage_;
    std::shared_ptr<FailStop> fail_stop_;
    std::shared_ptr<rocksdb::Env> read_only_env_;  // outlives db_
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

}  // namespace ledger::log
