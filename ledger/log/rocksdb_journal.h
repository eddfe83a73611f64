// The journal in production: RocksDB below, a head record beside it, one writing process.
#pragma once

#include "ledger/log/archived_records.h"
#include "ledger/log/journal.h"
#include "ledger/log/rocksdb_storage.h"

#include <memory>
#include <string>

namespace ledger::log {

struct RocksdbJournalOptions {
    std::string directory;   // the data directory: DIRECTORY/log, DIRECTORY/head, DIRECTORY/lock
    bool read_only = false;  // beside a process that writes, or after it
    bool sync = true;        // false only to measure what syncing costs
    JournalStorage storage = {};
    FindArchive find_archive = {};  // for a log whose beginning was archived; empty: it is not read
};

// One thread at a time appends; any thread may read meanwhile. A read-only journal is for one
// thread, reads what was there when it was opened or last refreshed, and writes nothing at all.
class RocksdbJournal final : public Journal {
    struct State;

  public:
    // corrupt where the log is damaged, shorter than its head record or at odds with it;
    // unavailable where it cannot be opened or another process holds it; not_found where a
    // read-only journal finds no log.
    [[nodiscard]] static Result<std::unique_ptr<RocksdbJournal>> open(
        const RocksdbJournalOptions& options);

    explicit RocksdbJournal(std::unique_ptr<State> state);
    ~RocksdbJournal() override;

    // As Journal says; entries beyond last_sequence() are not visited by scan().
    [[nodiscard]] Result<void> append(std::span<const JournalEntry> batch) override;
    [[nodiscard]] SequenceNumber last_sequence() const override;
    [[nodiscard]] SequenceNumber first_sequence() const override;
    [[nodiscard]] Result<std::optional<SequenceNumber>> find(const EventId& id) const override;
    [[nodiscard]] Result<std::string> read(SequenceNumber sequence) const override;
    [[nodiscard]] Result<void> scan(SequenceNumber first, SequenceNumber last,
                                    const Visit& visit) const override;
    [[nodiscard]] Result<std::vector<SequenceNumber>> entity_sequences(
        EntityKey entity, SequenceNumber first, std::size_t count_max) const override;

    // What of the log's beginning is no longer in it; `through` is 0 where all is.
    [[nodiscard]] const RecordsArchived& archived() const;

    // Drops the records that the newest RecordsArchived in the log names; for the thread that
    // appends, with nobody reading. Opening for writing does it too, where a crash came between.
    [[nodiscard]] Result<void> drop_archived();

    // Makes the head record survive the machine, not only the process, and know the database's
    // manifest as it is now. For the thread that appends, about once a second; the destructor does
    // it too.
    [[nodiscard]] Result<void> sync_head();

    // Lets a read-only journal see what has been appended since. Nothing to do for a writer.
    [[nodiscard]] Result<void> refresh();

  private:
    std::unique_ptr<State> state_;
};

}  // namespace ledger::log
