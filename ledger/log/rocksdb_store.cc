#include "ledger/log/rocksdb_store.h"

#include "ledger/base/assert.h"
#include "ledger/log/rocksdb_options.h"
#include "ledger/log/rocksdb_read_only_env.h"

#include <atomic>
#include <cstdarg>
#include <mutex>
#include <string_view>
#include <utility>

#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/listener.h>
#include <rocksdb/options.h>
#include <rocksdb/status.h>

namespace ledger::log {

// Keeps the first failure. RocksDB tells of its background errors from threads of its own.
class FailStop final : public rocksdb::EventListener {
  public:
    void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* error) override {
        poison(error->ToString());
    }

    void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status,
                              bool* auto_recovery) override {
        *auto_recovery = false;
    }

    void poison(const std::string& reason) {
        const std::scoped_lock lock(mutex_);
        if (reason_.empty()) reason_ = reason;
        poisoned_ = true;
    }

    [[nodiscard]] bool poisoned() const { return poisoned_; }

    [[nodiscard]] std::string reason() const {
        const std::scoped_lock lock(mutex_);
        return reason_;
    }

  private:
    mutable std::mutex mutex_;
    std::string reason_;
    std::atomic<bool> poisoned_ = false;
};

namespace {

// RocksDB 7.8 may abort when it closes what has failed: a flush that found the disk full keeps its
// hold on a family. The process is about to end; until then nothing more is done with it.
void leave_open(std::unique_ptr<rocksdb::DB> failed) {
    rocksdb::CancelAllBackgroundWork(failed.get(), true);
    static auto* const left = new std::vector<std::unique_ptr<rocksdb::DB>>;
    left->push_back(std::move(failed));
}

// A follower writes no file, not even RocksDB's diary.
class SilentLogger final : public rocksdb::Logger {
  public:
    SilentLogger() : Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}

    void Logv(const char*, va_list) override {}

    using Logger::Logv;
};

}  // namespace

Error read_error(const rocksdb::Status& status) {
    // A file that RocksDB names is gone.
    const bool lost = status.IsCorruption() || status.IsPathNotFound();
    const Errc code = lost ? Errc::corrupt : Errc::unavailable;
    return Error{code, status.ToString(), {}};
}

RocksdbStore::RocksdbStore(OpenedOnly, const JournalStorage& storage)
    : storage_(storage), fail_stop_(std::make_shared<FailStop>()) {}

RocksdbStore::~RocksdbStore() {
    if (!db_) return;
    for (rocksdb::ColumnFamilyHandle* handle : handles_) {
        db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
    }
    if (usable()) {
        db_->Close().PermitUncheckedError();
    } else {
        leave_open(std::move(db_));
    }
}

Result<std::unique_ptr<RocksdbStore>> RocksdbStore::open(const std::string& directory, Mode mode,
                                                         const JournalStorage& storage) {
    auto store = std::make_unique<RocksdbStore>(OpenedOnly{}, storage);
    const bool reading = mode == Mode::follow || mode == Mode::inspect;
    const rocksdb::Status status =
        reading ? store->open_reader(directory, mode) : store->open_writer(directory, mode);
    if (!status.ok()) return read_error(status);
    return store;
}

rocksdb::Status RocksdbStore::open_writer(const std::string& directory, Mode mode) {
    auto options = writer_options(storage_);
    options.create_if_missing = mode == Mode::create;
    options.listeners.push_back(fail_stop_);
    rocksdb::DB* db = nullptr;
    auto status = rocksdb::DB::Open(
        options, directory, column_families(IndexMemtable::unsorted, storage_), &handles_, &db);
    db_.reset(db);
    return status;
}

rocksdb::Status RocksdbStore::open_reader(const std::string& directory, Mode mode) {
    read_only_env_ = make_read_only_env(storage_.env);
    rocksdb::DBOptions options;
    options.env = read_only_env_.get();
    options.info_log = std::make_shared<SilentLogger>();
    options.max_open_files = -1;  // files the writer deletes stay readable while they are open
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    options.allow_concurrent_memtable_write = false;
    const auto memtable = mode == Mode::follow ? IndexMemtable::sorted : IndexMemtable::unsorted;
    rocksdb::DB* db = nullptr;
    if (mode == Mode::inspect) {
        options.track_and_verify_wals_in_manifest = true;
        auto status = rocksdb::DB::OpenForReadOnly(
            options, directory, column_families(memtable, storage_), &handles_, &db);
        db_.reset(db);
        return status;
    }
    // The second path is for RocksDB's own log, which goes nowhere here.
    auto status = rocksdb::DB::OpenAsSecondary(options, directory, directory,
                                               column_families(memtable, storage_), &handles_, &db);
    db_.reset(db);
    return status;
}

Result<void> RocksdbStore::write(rocksdb::WriteBatch& batch, bool sync) {
    BOOST_OUTCOME_TRYV(usable());
    rocksdb::WriteOptions options;
    options.sync = sync;
    const rocksdb::Status status = db_->Write(options, &batch);
    if (!status.ok()) {
        poison(status.ToString());
        return Error{Errc::storage_failed, status.ToString(), {}};
    }
    return boost::outcome_v2::success();
}

void RocksdbStore::poison(const std::string& reason) {
    fail_stop_->poison(reason);
}

Result<void> RocksdbStore::usable() const {
    if (!fail_stop_->poisoned()) return boost::outcome_v2::success();
    return Error{Errc::storage_failed, "an earlier write failed: " + fail_stop_->reason(), {}};
}

Result<ManifestExtent> RocksdbStore::manifest() const {
    std::vector<std::string> files;
    ManifestExtent extent;
    const rocksdb::Status status = db_->GetLiveFiles(files, &extent.size, false);
    if (!status.ok()) return read_error(status);
    for (const std::string& file : files) {
        const auto number = manifest_number(std::string_view(file).substr(1));
        if (number) extent.number = *number;
    }
    LEDGER_ASSERT(extent.number != 0);
    return extent;
}

void RocksdbStore::end_background_work() {
    rocksdb::CancelAllBackgroundWork(db_.get(), true);
}

Result<void> RocksdbStore::catch_up() {
    const rocksdb::Status status = db_->TryCatchUpWithPrimary();
    if (!status.ok()) return read_error(status);
    return boost::outcome_v2::success();
}

}  // namespace ledger::log
