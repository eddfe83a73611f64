#include "ledger/log/checkpoints.h"

#include "ledger/log/entity_keys.h"
#include "ledger/log/record_codec.h"

#include <cstddef>
#include <utility>
#include <variant>
#include <vector>

namespace ledger::log {
namespace {

constexpr std::size_t sequences_at_once = 4096;

Error bad_checkpoint(SequenceNumber sequence, const std::string& why) {
    return Error{Errc::corrupt, "the checkpoint at " + std::to_string(sequence) + ": " + why, {}};
}

// The newest at or after `first`; 0 where there is none.
Result<SequenceNumber> newest_since(const Journal& journal, SequenceNumber first) {
    SequenceNumber newest = 0;
    while (true) {
        BOOST_OUTCOME_TRY(const auto found,
                          journal.entity_sequences(checkpoints, first, sequences_at_once));
        if (!found.empty()) newest = found.back();
        if (found.size() < sequences_at_once) return newest;
        first = newest + 1;
    }
}

Result<StoredCheckpoint> stored_checkpoint(const Journal& journal, SequenceNumber sequence) {
    BOOST_OUTCOME_TRY(const std::string record, journal.read(sequence));
    BOOST_OUTCOME_TRY(Event event, decode_record(record));
    auto* signed_note = std::get_if<CheckpointSigned>(&event.payload);
    if (signed_note == nullptr) return bad_checkpoint(sequence, "the index is wrong: it is none");
    return read_checkpoint(sequence, std::move(signed_note->note));
}

}  // namespace

Result<StoredCheckpoint> read_checkpoint(SequenceNumber sequence, std::string note) {
    auto read = proof::parse_checkpoint(note);
    if (!read) return bad_checkpoint(sequence, read.error().field + " " + read.error().detail);
    if (read.value().checkpoint.tree.size != sequence - 1) {
        return bad_checkpoint(sequence, "it is not of the records before it");
    }
    return StoredCheckpoint{sequence, std::move(note), std::move(read).value()};
}

Result<std::optional<StoredCheckpoint>> checkpoint_over(const Journal& journal,
                                                        SequenceNumber sequence) {
    BOOST_OUTCOME_TRY(const auto found, journal.entity_sequences(checkpoints, sequence, 1));
    if (found.empty()) return last_checkpoint(journal);
    BOOST_OUTCOME_TRY(StoredCheckpoint checkpoint, stored_checkpoint(journal, found.front()));
    return std::optional{std::move(checkpoint)};
}

// Backwards in windows that double: the newest stands near the end.
Result<std::optional<StoredCheckpoint>> last_checkpoint(const Journal& journal) {
    const SequenceNumber last = journal.last_sequence();
    SequenceNumber newest = 0;
    for (SequenceNumber window = sequences_at_once; newest == 0; window *= 2) {
        const SequenceNumber first = last > window ? last - window + 1 : 1;
        BOOST_OUTCOME_TRY(newest, newest_since(journal, first));
        if (first == 1) break;
    }
    if (newest == 0) return std::optional<StoredCheckpoint>{};
    BOOST_OUTCOME_TRY(StoredCheckpoint checkpoint, stored_checkpoint(journal, newest));
    return std::optional{std::move(checkpoint)};
}

}  // namespace ledger::log
