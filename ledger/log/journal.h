// The port behind which the event log is durable: bytes by gap-free sequence, with their ids and
// entities found by index. RocksdbJournal in production, a simulated one under test.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/event_id.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ledger::log {

// The position of a record in the log; the first is 1, none is ever skipped.
using SequenceNumber = std::uint64_t;

// What an audit trail is asked for: every record that concerns one account, one order, ...
struct EntityKey {
    char kind = 0;            // DO NOT reuse letters: they are stored in the index
    std::uint64_t value = 0;  // an account number, or EventId::prefix() of an order's id

    friend auto operator<=>(const EntityKey&, const EntityKey&) = default;
};

struct JournalEntry {
    std::string_view record;
    std::span<const EventId> ids;  // the event's id first, then aliases (idempotency keys)
    std::span<const EntityKey> entities;
};

class Journal {
  public:
    Journal() = default;
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    virtual ~Journal() = default;

    // Appends the entries at last_sequence()+1, +2, ... with their index entries, as one atomic
    // batch, durable when this returns. On an error nothing is known about the batch: the journal
    // refuses every later append, and the process must stop (I15).
    [[nodiscard]] virtual Result<void> append(std::span<const JournalEntry> batch) = 0;

    // 0 for an empty log.
    [[nodiscard]] virtual SequenceNumber last_sequence() const = 0;

    // The sequence of the record that bears this id, or nothing.
    [[nodiscard]] virtual Result<std::optional<SequenceNumber>> find(const EventId& id) const = 0;

    // Of the oldest record that can be read. What is older stands in an archive that is not at
    // hand: to ask for it is `unavailable`, naming the archive.
    [[nodiscard]] virtual SequenceNumber first_sequence() const { return 1; }

    // not_found beyond the log, corrupt where the bytes are damaged.
    [[nodiscard]] virtual Result<std::string> read(SequenceNumber sequence) const = 0;

    // Calls `visit` for first..last (inclusive) in order until it returns false. The view is valid
    // during the call only. corrupt on a gap or damaged bytes.
    using Visit = std::function<bool(SequenceNumber, std::string_view record)>;
    [[nodiscard]] virtual Result<void> scan(SequenceNumber first, SequenceNumber last,
                                            const Visit& visit) const = 0;

    // The sequences at or above `first` of one entity, ascending, at most `count_max`.
    [[nodiscard]] virtual Result<std::vector<SequenceNumber>> entity_sequences(
        EntityKey entity, SequenceNumber first, std::size_t count_max) const = 0;
};

}  // namespace ledger::log
