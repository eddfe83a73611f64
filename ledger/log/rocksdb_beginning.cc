#include "ledger/log/rocksdb_beginning.h"

#include "ledger/base/assert.h"
#include "ledger/base/kill_point.h"
#include "ledger/log/entity_keys.h"
#include "ledger/log/record_at.h"
#include "ledger/log/rocksdb_codec.h"
#include "ledger/log/rocksdb_indexes.h"
#include "ledger/log/rocksdb_records.h"

#include <algorithm>
#include <cstddef>
#include <variant>
#include <vector>

#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

namespace ledger::log {

using boost::outcome_v2::success;

namespace {

constexpr std::size_t sequences_at_once = 1024;
constexpr std::size_t protection_bytes_per_key = 8;

// Of the newest RecordsArchived; 0 where there is none.
Result<SequenceNumber> newest_archiving(const RocksdbStore& store) {
    SequenceNumber newest = 0;
    while (true) {
        BOOST_OUTCOME_TRY(const auto found,
                          entity_range(store, archivings, newest + 1, sequences_at_once));
        if (!found.empty()) newest = found.back();
        if (found.size() < sequences_at_once) return newest;
    }
}

Result<RecordsArchived> read_archiving(const RocksdbStore& store) {
    BOOST_OUTCOME_TRY(const SequenceNumber sequence, newest_archiving(store));
    if (sequence == 0) return RecordsArchived{};
    BOOST_OUTCOME_TRY(std::string frame, read_frame(store, sequence));
    frame.erase(0, sizeof(Checksum));
    BOOST_OUTCOME_TRY(Event event, decode_record_at(sequence, frame));
    auto* archived = std::get_if<RecordsArchived>(&event.payload);
    if (archived != nullptr && archived->through < sequence) return std::move(*archived);
    return Error{Errc::corrupt,
                 "record " + std::to_string(sequence) + " does not say what was archived",
                 {}};
}

rocksdb::Status free_range(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* records,
                           const std::string& first, const std::string& last) {
    const rocksdb::Slice begin{first};
    const rocksdb::Slice end{last};
    const auto status = rocksdb::DeleteFilesInRange(&db, records, &begin, &end);
    if (!status.ok()) return status;
    return db.CompactRange({}, records, &begin, &end);
}

}  // namespace

Result<void> LogBeginning::look(const RocksdbStore& store) {
    BOOST_OUTCOME_TRY(RecordsArchived archived, read_archiving(store));
    if (archived == archived_) return success();
    std::shared_ptr<const ArchivedRecords> archive;
    if (find_archive_) {
        BOOST_OUTCOME_TRY(archive, find_archive_(archived));
    }
    archived_ = std::move(archived);
    archive_ = std::move(archive);
    return success();
}

Error LogBeginning::not_at_hand() const {
    return Error{Errc::unavailable,
                 "records 1 to " + std::to_string(archived_.through) +
                     " are archived: attach the archive of " +
                     std::to_string(archived_.archive_records) + " records with the root " +
                     archived_.archive_root,
                 {}};
}

Result<std::string> LogBeginning::read(SequenceNumber sequence) const {
    std::string record;
    SequenceNumber next = sequence;
    BOOST_OUTCOME_TRYV(scan(next, sequence, [&](SequenceNumber, std::string_view found) {
        record = found;
        return true;
    }));
    return record;
}

Result<bool> LogBeginning::scan(SequenceNumber& next, SequenceNumber last,
                                const Journal::Visit& visit) const {
    last = std::min(last, through());
    if (next > last) return true;
    if (!archive_) return not_at_hand();
    bool more = true;
    BOOST_OUTCOME_TRYV(archive_->scan(next, last, [&](SequenceNumber sequence, auto record) {
        next = sequence + 1;
        more = visit(sequence, record);
        return more;
    }));
    return more;
}

Result<void> drop_records(RocksdbStore& store, SequenceNumber through) {
    if (through == 0) return success();
    BOOST_OUTCOME_TRY(const SequenceNumber first, first_record(store));
    if (first == 0 || first > through) return success();
    const std::string begin = sequence_key(1);
    const std::string end = sequence_key(through + 1);
    rocksdb::WriteBatch batch{0, 0, protection_bytes_per_key, 0};
    LEDGER_ASSERT(batch.DeleteRange(store.records(), begin, end).ok());
    BOOST_OUTCOME_TRYV(store.write(batch, true));
    reached(KillPoint::records_dropped);
    // The disk is given back for convenience: what fails now costs space.
    free_range(store.db(), store.records(), begin, sequence_key(through)).PermitUncheckedError();
    return store.usable();
}

}  // namespace ledger::log
