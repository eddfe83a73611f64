#include "ledger/log/rocksdb_opening.h"

#include "ledger/base/sync_directory.h"
#include "ledger/log/rocksdb_codec.h"
#include "ledger/log/rocksdb_records.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace ledger::log {
namespace {

namespace fs = std::filesystem;

// The files of a live log come and go: a reader that finds one gone, or a WAL flushed away between
// two of its looks, looks again. What is wrong after so many looks is wrong.
constexpr int reading_attempts_max = 5;

std::string log_path(const std::string& directory) {
    return directory + "/log";
}

std::string head_path(const std::string& directory) {
    return directory + "/head";
}

std::string lock_path(const std::string& directory) {
    return directory + "/lock";
}

const HeadCalls& head_calls(const JournalStorage& storage) {
    return storage.head_calls != nullptr ? *storage.head_calls : system_head_calls();
}

Error log_corrupt(std::string detail) {
    return Error{Errc::corrupt, std::move(detail), {}};
}

bool database_exists(const std::string& directory) {
    std::error_code ignored;
    return fs::exists(log_path(directory) + "/CURRENT", ignored);
}

// RocksDB writes CURRENT before the first of these.
bool has_files_of_a_log(const std::string& directory) {
    std::error_code error;
    for (fs::directory_iterator it(log_path(directory), error), end; it != end;
         it.increment(error)) {
        if (error) break;
        const fs::path extension = it->path().extension();
        if (extension == ".log" || extension == ".sst") return true;
    }
    return false;
}

Result<void> check_database_exists(const std::string& directory,
                                   const std::optional<HeadRecord>& head) {
    if (database_exists(directory)) return boost::outcome_v2::success();
    if (head) {
        return log_corrupt("the head record says " + std::to_string(head->sequence) +
                           " but there is no log in " + log_path(directory) + ": it was removed");
    }
    if (has_files_of_a_log(directory)) {
        return log_corrupt("files of the log in " + log_path(directory) + " were removed");
    }
    return boost::outcome_v2::success();
}

// The last sequence of a log that goes at least as far as its head and agrees with it there.
Result<SequenceNumber> check_head(const RocksdbStore& store,
                                  const std::optional<HeadRecord>& head) {
    BOOST_OUTCOME_TRY(const SequenceNumber last, last_record(store));
    if (!head) {
        if (last == 0) return last;
        return log_corrupt("the log ends at " + std::to_string(last) +
                           " but there is no head record: it was lost or removed");
    }
    if (last < head->sequence) {
        return log_corrupt("the log ends at " + std::to_string(last) +
                           " but the head record says " + std::to_string(head->sequence) +
                           ": records were lost or removed");
    }
    if (head->sequence == 0) return last;
    BOOST_OUTCOME_TRY(const std::string frame, read_frame(store, head->sequence));
    if (frame_checksum(frame) != head->checksum) {
        return log_corrupt("record " + std::to_string(head->sequence) +
                           " is not the one that the head record knows: the log was replaced");
    }
    return last;
}

Result<HeadRecord> head_of(const OpenedLog& log, ManifestSum& manifest) {
    HeadRecord head;
    BOOST_OUTCOME_TRY(const ManifestExtent extent, log.store->manifest());
    BOOST_OUTCOME_TRY(head.manifest, manifest.mark(extent));
    head.sequence = log.last_sequence;
    if (head.sequence == 0) return head;
    BOOST_OUTCOME_TRY(const std::string frame, read_frame(*log.store, head.sequence));
    head.checksum = frame_checksum(frame);
    return head;
}

// Durable at once: until it knows the manifest that the writer has begun, nobody vouches for that.
Result<HeadFile> write_head(const LogPlace& place, const HeadRecord& head, bool exists) {
    const std::string path = head_path(place.directory);
    const HeadCalls& calls = head_calls(place.storage);
    if (!exists) return HeadFile::create(path, head, calls);
    BOOST_OUTCOME_TRY(auto file, HeadFile::open(path, calls));
    BOOST_OUTCOME_TRYV(file.write(head));
    BOOST_OUTCOME_TRYV(file.sync());
    return file;
}

Result<OpenedLog> open_once(const LogPlace& place, RocksdbStore::Mode mode) {
    const std::string& directory = place.directory;
    // Read before the log: a live log is then never behind its head.
    BOOST_OUTCOME_TRY(const auto head, HeadFile::read(head_path(directory)));
    BOOST_OUTCOME_TRYV(check_database_exists(directory, head));
    if (!database_exists(directory)) {
        return Error{Errc::not_found, "there is no log in " + directory, {}};
    }
    BOOST_OUTCOME_TRY(auto store, RocksdbStore::open(log_path(directory), mode, place.storage));
    if (mode == RocksdbStore::Mode::follow) {
        // A second look: a WAL that was flushed and deleted while the first looked is in the
        // tables now.
        BOOST_OUTCOME_TRYV(store->catch_up());
    }
    BOOST_OUTCOME_TRY(const SequenceNumber last, check_head(*store, head));
    if (head) {
        BOOST_OUTCOME_TRYV(check_manifest(log_path(directory), head->manifest));
    }
    return OpenedLog{std::move(store), last};
}

Result<OpenedLog> inspect_and_follow(const LogPlace& place) {
    BOOST_OUTCOME_TRYV(open_once(place, RocksdbStore::Mode::inspect));
    return open_once(place, RocksdbStore::Mode::follow);
}

Result<void> catch_up_once(const std::string& directory, OpenedLog& log) {
    BOOST_OUTCOME_TRY(const auto head, HeadFile::read(head_path(directory)));
    BOOST_OUTCOME_TRYV(log.store->catch_up());
    BOOST_OUTCOME_TRY(log.last_sequence, check_head(*log.store, head));
    return boost::outcome_v2::success();
}

}  // namespace

Result<OpenedForWriting> open_for_writing(const LogPlace& place) {
    using Mode = RocksdbStore::Mode;
    const std::string& directory = place.directory;
    BOOST_OUTCOME_TRYV(make_directory(directory));
    BOOST_OUTCOME_TRY(auto lock, DirectoryLock::acquire(lock_path(directory)));
    BOOST_OUTCOME_TRY(const auto head, HeadFile::read(head_path(directory)));
    BOOST_OUTCOME_TRYV(check_database_exists(directory, head));
    // Opening for writing replays, flushes and deletes WALs: look without touching first.
    if (head) {
        BOOST_OUTCOME_TRYV(open_once(place, Mode::inspect));
    }

    OpenedLog log;
    BOOST_OUTCOME_TRY(
        log.store,
        RocksdbStore::open(log_path(directory), head ? Mode::write : Mode::create, place.storage));
    BOOST_OUTCOME_TRY(log.last_sequence, check_head(*log.store, head));
    ManifestSum manifest(log_path(directory));
    BOOST_OUTCOME_TRY(const HeadRecord newest, head_of(log, manifest));
    BOOST_OUTCOME_TRY(auto file, write_head(place, newest, head.has_value()));
    return OpenedForWriting{std::move(lock), std::move(file), newest, std::move(manifest),
                            std::move(log)};
}

Result<OpenedLog> open_for_reading(const LogPlace& place) {
    auto log = inspect_and_follow(place);
    for (int attempt = 1; !log && attempt < reading_attempts_max; ++attempt) {
        log = inspect_and_follow(place);
    }
    return log;
}

Result<void> catch_up(const LogPlace& place, OpenedLog& log) {
    if (catch_up_once(place.directory, log)) return boost::outcome_v2::success();
    BOOST_OUTCOME_TRY(log, open_for_reading(place));
    return boost::outcome_v2::success();
}

}  // namespace ledger::log
