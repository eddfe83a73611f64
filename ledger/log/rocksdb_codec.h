// The bytes the log keeps: record frames and index keys.
#pragma once

#include "ledger/log/checksum.h"
#include "ledger/log/journal.h"

#include <optional>
#include <string>
#include <string_view>

namespace ledger::log {

// A stored record is the checksum of (sequence, 8 bytes big-endian, then the record), then the
// record: a record that is whole but at another's place is found damaged too. `out` is overwritten.
void frame_record(SequenceNumber sequence, std::string_view record, std::string& out);

// The record of `stored`, or nothing where it is not what was stored. It lies in `scratch`, a
// buffer that the caller keeps between calls: aligned for the decoder, unlike RocksDB's own bytes.
[[nodiscard]] std::optional<std::string_view> unframe_record(SequenceNumber sequence,
                                                             std::string_view stored,
                                                             std::string& scratch);

// The first bytes of a frame. Requires at least that many.
[[nodiscard]] Checksum frame_checksum(std::string_view stored);

// 8 bytes big-endian: the order of the keys is the order of the log.
[[nodiscard]] std::string sequence_key(SequenceNumber sequence);
[[nodiscard]] std::optional<SequenceNumber> parse_sequence_key(std::string_view key);

// The id's bytes -> sequence.
[[nodiscard]] std::string id_key(const EventId& id);
// Kind, value (8 bytes big-endian), sequence -> nothing.
[[nodiscard]] std::string entity_key(EntityKey entity, SequenceNumber sequence);
// Requires a key of entity_key().
[[nodiscard]] SequenceNumber entity_key_sequence(std::string_view key);

}  // namespace ledger::log
