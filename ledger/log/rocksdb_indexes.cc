#include "ledger/log/rocksdb_indexes.h"

#include "ledger/log/rocksdb_codec.h"

#include <limits>
#include <memory>
#include <string>

#include <rocksdb/db.h>
#include <rocksdb/iterator.h>
#include <rocksdb/options.h>

namespace ledger::log {

Result<std::vector<SequenceNumber>> entity_range(const RocksdbStore& store, EntityKey entity,
                                                 SequenceNumber first, std::size_t count_max) {
    const std::string end = entity_key(entity, std::numeric_limits<SequenceNumber>::max());
    const rocksdb::Slice upper_bound(end);
    rocksdb::ReadOptions options;
    options.iterate_upper_bound = &upper_bound;
    const std::unique_ptr<rocksdb::Iterator> at(store.db().NewIterator(options, store.entities()));
    std::vector<SequenceNumber> sequences;
    for (at->Seek(entity_key(entity, first)); at->Valid(); at->Next()) {
        if (sequences.size() == count_max) break;
        sequences.push_back(entity_key_sequence(at->key().ToStringView()));
    }
    if (!at->status().ok()) return read_error(at->status());
    return sequences;
}

Result<std::optional<SequenceNumber>> find_stored(const RocksdbStore& store, const EventId& id) {
    std::string value;
    const auto status = store.db().Get({}, store.ids(), id_key(id), &value);
    if (status.IsNotFound()) return std::optional<SequenceNumber>();
    if (!status.ok()) return read_error(status);
    const auto sequence = parse_sequence_key(value);
    if (!sequence)
        return Error{Errc::corrupt, "the index of id " + to_text(id) + " is damaged", {}};
    return sequence;
}

}  // namespace ledger::log
