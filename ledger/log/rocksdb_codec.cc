#include "ledger/log/rocksdb_codec.h"

#include "ledger/base/assert.h"
#include "ledger/base/big_endian.h"

#include <algorithm>
#include <cstddef>

namespace ledger::log {
namespace {

constexpr std::size_t checksum_size = sizeof(Checksum);
constexpr std::size_t sequence_size = 8;
constexpr std::size_t entity_key_size = 1 + 8 + sequence_size;

// The sequence stands right before the record, in the second half of the room of the checksum.
Checksum record_checksum(SequenceNumber sequence, std::string& frame) {
    store_be64(sequence, frame.data() + checksum_size - sequence_size);
    return checksum_of(std::string_view(frame).substr(checksum_size - sequence_size));
}

}  // namespace

void frame_record(SequenceNumber sequence, std::string_view record, std::string& out) {
    out.assign(checksum_size, '\0');
    out.append(record);
    const Checksum checksum = record_checksum(sequence, out);
    std::copy(checksum.begin(), checksum.end(), out.begin());
}

std::optional<std::string_view> unframe_record(SequenceNumber sequence, std::string_view stored,
                                               std::string& scratch) {
    if (stored.size() < checksum_size) return std::nullopt;
    scratch.assign(stored);
    if (record_checksum(sequence, scratch) != frame_checksum(stored)) return std::nullopt;
    return std::string_view(scratch).substr(checksum_size);
}

Checksum frame_checksum(std::string_view stored) {
    LEDGER_ASSERT(stored.size() >= checksum_size);
    Checksum checksum;
    std::copy_n(stored.begin(), checksum_size, checksum.begin());
    return checksum;
}

std::string sequence_key(SequenceNumber sequence) {
    std::string key(sequence_size, '\0');
    store_be64(sequence, key.data());
    return key;
}

std::optional<SequenceNumber> parse_sequence_key(std::string_view key) {
    if (key.size() != sequence_size) return std::nullopt;
    return load_be64(key.data());
}

std::string id_key(const EventId& id) {
    return std::string(id.bytes.begin(), id.bytes.end());
}

std::string entity_key(EntityKey entity, SequenceNumber sequence) {
    std::string key(entity_key_size, '\0');
    key[0] = entity.kind;
    store_be64(entity.value, key.data() + 1);
    store_be64(sequence, key.data() + entity_key_size - sequence_size);
    return key;
}

SequenceNumber entity_key_sequence(std::string_view key) {
    LEDGER_ASSERT(key.size() == entity_key_size);
    return load_be64(key.data() + entity_key_size - sequence_size);
}

}  // namespace ledger::log
