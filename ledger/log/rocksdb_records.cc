#include "ledger/log/rocksdb_records.h"

#include "ledger/base/byte_size.h"
#include "ledger/log/rocksdb_codec.h"
#include "ledger/log/rocksdb_read_ahead.h"

#include <memory>
#include <optional>
#include <string_view>

#include <rocksdb/db.h>
#include <rocksdb/iterator.h>
#include <rocksdb/options.h>

namespace ledger::log {
namespace {

// Read ahead only where it pays: a short scan would read megabytes for a few records.
constexpr SequenceNumber long_scan_records_min = 4096;
constexpr std::size_t read_ahead_size = 2 * mib;

std::string named(SequenceNumber sequence) {
    return "record " + std::to_string(sequence);
}

Error missing(SequenceNumber sequence) {
    return Error{Errc::corrupt, named(sequence) + " is missing from the log", {}};
}

Error damaged(SequenceNumber sequence) {
    return Error{Errc::corrupt, named(sequence) + " is not what was stored", {}};
}

Error unreadable(SequenceNumber sequence, const rocksdb::Status& status) {
    Error error = read_error(status);
    error.detail = named(sequence) + " cannot be read: " + error.detail;
    return error;
}

// 0 where the iterator has found nothing.
Result<SequenceNumber> sequence_at(const rocksdb::Iterator& place, const char* where) {
    if (!place.Valid()) {
        if (!place.status().ok()) return read_error(place.status());
        return SequenceNumber{0};
    }
    const auto sequence = parse_sequence_key(place.key().ToStringView());
    if (sequence) return *sequence;
    return Error{
        Errc::corrupt, std::string{"the log "} + where + " with a key that is no sequence", {}};
}

}  // namespace

Result<SequenceNumber> last_record(const RocksdbStore& store) {
    const std::unique_ptr<rocksdb::Iterator> end(store.db().NewIterator({}, store.records()));
    end->SeekToLast();
    return sequence_at(*end, "ends");
}

Result<SequenceNumber> first_record(const RocksdbStore& store) {
    const std::unique_ptr<rocksdb::Iterator> begin(store.db().NewIterator({}, store.records()));
    begin->SeekToFirst();
    return sequence_at(*begin, "begins");
}

Result<std::string> read_frame(const RocksdbStore& store, SequenceNumber sequence) {
    std::string frame;
    const auto status = store.db().Get({}, store.records(), sequence_key(sequence), &frame);
    if (status.IsNotFound()) return missing(sequence);
    if (!status.ok()) return unreadable(sequence, status);
    std::string scratch;
    if (!unframe_record(sequence, frame, scratch)) return damaged(sequence);
    return frame;
}

Result<void> scan_records(const RocksdbStore& store, SequenceNumber& next, SequenceNumber last,
                          const Journal::Visit& visit) {
    if (next > last) return boost::outcome_v2::success();
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    std::optional<ReadAhead> ahead;
    if (last - next >= long_scan_records_min) {
        options.readahead_size = read_ahead_size;
        ahead.emplace(store, next, last);
    }
    const std::unique_ptr<rocksdb::Iterator> at(store.db().NewIterator(options, store.records()));
    std::string scratch;
    for (at->Seek(sequence_key(next)); next <= last; at->Next()) {
        if (!at->Valid()) {
            if (!at->status().ok()) return unreadable(next, at->status());
            return missing(next);
        }
        if (parse_sequence_key(at->key().ToStringView()) != next) return missing(next);
        const auto record = unframe_record(next, at->value().ToStringView(), scratch);
        if (!record) return damaged(next);
        if (ahead) ahead->at(next);
        const SequenceNumber sequence = next++;
        if (!visit(sequence, *record)) break;
    }
    return boost::outcome_v2::success();
}

}  // namespace ledger::log
