// The memtable of the id index: a hash table for its look-ups, sorted only to be flushed.
#pragma once

#include <memory>

namespace rocksdb {
class MemTableRepFactory;
}

namespace ledger::log {

// Random ids in a skip list cost more than the disk does. RocksDB's vector takes them unsorted but
// sorts a copy of itself for each look-up; this one leaves iterators to the vector and answers
// look-ups of single keys from a hash table beside it. For one inserting thread at a time.
[[nodiscard]] std::shared_ptr<rocksdb::MemTableRepFactory> make_id_memtable_factory();

}  // namespace ledger::log
