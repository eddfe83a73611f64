// The memtable of the id index: a hash table for its look-ups, sorted only to be flushed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace rocksdb {
class MemTableRepFactory;
}

namespace ledger::log {

inline constexpr std::size_t id_memtable_buckets = std::size_t{1} << 17;
// What an empty one takes already: a write buffer is larger.
inline constexpr std::size_t id_memtable_size_min = id_memtable_buckets * sizeof(std::uint32_t);

// Random ids in a skip list cost more than the disk does. RocksDB's vector takes them unsorted but
// sorts a copy of itself for each look-up; this one leaves iterators to the vector and answers
// look-ups of single keys from a hash table beside it. For one inserting thread at a time.
[[nodiscard]] std::shared_ptr<rocksdb::MemTableRepFactory> make_id_memtable_factory();

}  // namespace ledger::log
