#include "ledger/log/rocksdb_journal.h"

#include "ledger/base/assert.h"
#include "ledger/base/kill_point.h"
#include "ledger/log/rocksdb_beginning.h"
#include "ledger/log/rocksdb_codec.h"
#include "ledger/log/rocksdb_indexes.h"
#include "ledger/log/rocksdb_opening.h"
#include "ledger/log/rocksdb_records.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include <rocksdb/write_batch.h>

namespace ledger::log {

using boost::outcome_v2::success;

namespace {

constexpr std::size_t protection_bytes_per_key = 8;
constexpr int stale_reads_max = 5;

// What only the writing process has.
struct Writer {
    explicit Writer(OpenedForWriting opened)
        : lock(std::move(opened.lock)),
          head(std::move(opened.head)),
          newest(opened.newest),
          manifest(std::move(opened.manifest)) {}

    // The head then is that one.
    [[nodiscard]] Result<void> write_head(const HeadRecord& record) {
        BOOST_OUTCOME_TRYV(head.write(record));
        newest = record;
        return success();
    }

    DirectoryLock lock;
    HeadFile head;
    HeadRecord newest;
    ManifestSum manifest;
    rocksdb::WriteBatch batch{0, 0, protection_bytes_per_key, 0};
    std::string frame;
};

}  // namespace

struct RocksdbJournal::State {
    explicit State(const RocksdbJournalOptions& given)
        : options(given), beginning(given.find_archive) {}

    RocksdbJournalOptions options;
    std::unique_ptr<Writer> writer;  // none for a read-only journal; outlives the store
    OpenedLog log;
    LogBeginning beginning;
    std::atomic<SequenceNumber> last_sequence = 0;

    [[nodiscard]] const RocksdbStore& store() const { return *log.store; }

    [[nodiscard]] LogPlace place() const { return {options.directory, options.storage}; }

    [[nodiscard]] Result<void> refresh() {
        BOOST_OUTCOME_TRYV(catch_up(place(), log));
        BOOST_OUTCOME_TRYV(beginning.look(store()));
        last_sequence = log.last_sequence;
        return success();
    }

    // The writer deletes files that a read-only journal still reads from. What looks damaged to
    // one is looked at again in the files of today; what stays damaged is.
    template <class Read>
    auto read_current(const Read& read_once) -> decltype(read_once()) {
        auto result = read_once();
        for (int i = 0; i < stale_reads_max && !writer; ++i) {
            if (result || result.error().code != Errc::corrupt) break;
            BOOST_OUTCOME_TRYV(refresh());
            result = read_once();
        }
        return result;
    }

    [[nodiscard]] Result<HeadRecord> write_batch(std::span<const JournalEntry> entries);
    [[nodiscard]] Result<void> sync_head();
    [[nodiscard]] Result<void> drop_archived();
    [[nodiscard]] Result<std::string> read(SequenceNumber sequence) const;
    [[nodiscard]] Result<void> scan(SequenceNumber& next, SequenceNumber last,
                                    const Visit& visit) const;
};

// One atomic, durable batch. Gives the head that the log has then.
Result<HeadRecord> RocksdbJournal::State::write_batch(std::span<const JournalEntry> entries) {
    auto& batch = writer->batch;
    batch.Clear();
    const auto put = [&batch](rocksdb::ColumnFamilyHandle* family, const std::string& key,
                              const std::string& value) {
        LEDGER_ASSERT(batch.Put(family, key, value).ok());
    };
    HeadRecord head = writer->newest;
    for (const JournalEntry& entry : entries) {
        const std::string key = sequence_key(++head.sequence);
        frame_record(head.sequence, entry.record, writer->frame);
        put(store().records(), key, writer->frame);
        for (const EventId& id : entry.ids) put(store().ids(), id_key(id), key);
        for (const EntityKey entity : entry.entities) {
            put(store().entities(), entity_key(entity, head.sequence), {});
        }
    }
    head.checksum = frame_checksum(writer->frame);
    BOOST_OUTCOME_TRYV(log.store->write(batch, options.sync));
    return head;
}

Result<void> RocksdbJournal::State::sync_head() {
    HeadRecord head = writer->newest;
    BOOST_OUTCOME_TRY(const ManifestExtent extent, log.store->manifest());
    BOOST_OUTCOME_TRY(head.manifest, writer->manifest.mark(extent));
    if (head != writer->newest) {
        BOOST_OUTCOME_TRYV(writer->write_head(head));
    }
    return writer->head.sync();
}

Result<void> RocksdbJournal::State::drop_archived() {
    BOOST_OUTCOME_TRYV(beginning.look(store()));
    return drop_records(*log.store, beginning.through());
}

Result<std::string> RocksdbJournal::State::read(SequenceNumber sequence) const {
    if (sequence <= beginning.through()) return beginning.read(sequence);
    BOOST_OUTCOME_TRY(std::string frame, read_frame(store(), sequence));
    return frame.erase(0, sizeof(Checksum));
}

Result<void> RocksdbJournal::State::scan(SequenceNumber& next, SequenceNumber last,
                                         const Visit& visit) const {
    BOOST_OUTCOME_TRY(const bool more, beginning.scan(next, last, visit));
    return more ? scan_records(store(), next, last, visit) : success();
}

Result<std::unique_ptr<RocksdbJournal>> RocksdbJournal::open(const RocksdbJournalOptions& options) {
    auto state = std::make_unique<State>(options);
    if (options.read_only) {
        BOOST_OUTCOME_TRY(state->log, open_for_reading(state->place()));
        BOOST_OUTCOME_TRYV(state->beginning.look(state->store()));
    } else {
        BOOST_OUTCOME_TRY(auto opened, open_for_writing(state->place()));
        state->log = std::move(opened.log);
        state->writer = std::make_unique<Writer>(std::move(opened));
        BOOST_OUTCOME_TRYV(state->drop_archived());
    }
    state->last_sequence = state->log.last_sequence;
    return std::make_unique<RocksdbJournal>(std::move(state));
}

RocksdbJournal::RocksdbJournal(std::unique_ptr<State> state) : state_(std::move(state)) {}

RocksdbJournal::~RocksdbJournal() {
    if (!state_->writer) return;
    // The manifest does not grow any more then: the head knows all of it.
    state_->log.store->end_background_work();
    // A head that stays behind is no error: the log may always be longer.
    static_cast<void>(sync_head());
}

Result<void> RocksdbJournal::append(std::span<const JournalEntry> batch) {
    LEDGER_ASSERT(state_->writer);
    if (batch.empty()) return success();
    BOOST_OUTCOME_TRY(const HeadRecord head, state_->write_batch(batch));
    reached(KillPoint::before_head);
    const auto written = state_->writer->write_head(head);
    if (!written) {
        state_->log.store->poison(written.error().detail);
        return written.error();
    }
    state_->last_sequence = head.sequence;
    return success();
}

Result<void> RocksdbJournal::sync_head() {
    LEDGER_ASSERT(state_->writer);
    // A failed sync is never tried again: the kernel may have dropped what it could not write.
    BOOST_OUTCOME_TRYV(state_->log.store->usable());
    const auto synced = state_->sync_head();
    if (synced) return success();
    state_->log.store->poison(synced.error().detail);
    return Error{Errc::storage_failed, synced.error().detail, {}};
}

Result<void> RocksdbJournal::refresh() {
    if (state_->writer) return success();
    return state_->refresh();
}

Result<void> RocksdbJournal::drop_archived() {
    LEDGER_ASSERT(state_->writer);
    return state_->drop_archived();
}

const RecordsArchived& RocksdbJournal::archived() const {
    return state_->beginning.archived();
}

SequenceNumber RocksdbJournal::first_sequence() const {
    return state_->beginning.first_sequence();
}

SequenceNumber RocksdbJournal::last_sequence() const {
    return state_->last_sequence;
}

Result<std::optional<SequenceNumber>> RocksdbJournal::find(const EventId& id) const {
    return state_->read_current([&] { return find_stored(state_->store(), id); });
}

Result<std::string> RocksdbJournal::read(SequenceNumber sequence) const {
    if (sequence == 0 || sequence > last_sequence()) {
        return Error{Errc::not_found, "there is no record " + std::to_string(sequence), {}};
    }
    return state_->read_current([&] { return state_->read(sequence); });
}

Result<void> RocksdbJournal::scan(SequenceNumber first, SequenceNumber last,
                                  const Visit& visit) const {
    SequenceNumber next = std::max<SequenceNumber>(first, 1);
    last = std::min(last, last_sequence());
    return state_->read_current([&] { return state_->scan(next, last, visit); });
}

Result<std::vector<SequenceNumber>> RocksdbJournal::entity_sequences(EntityKey entity,
                                                                     SequenceNumber first,
                                                                     std::size_t count_max) const {
    return state_->read_current(
        [&] { return entity_range(state_->store(), entity, first, count_max); });
}

}  // namespace ledger::log
