// How the log's database is configured; the measured reasons stand beside the settings.
#pragma once

#include "ledger/log/rocksdb_storage.h"

#include <string_view>
#include <vector>

namespace rocksdb {
struct ColumnFamilyDescriptor;
struct DBOptions;
}  // namespace rocksdb

namespace ledger::log {

inline constexpr std::string_view records_family = "records";
inline constexpr std::string_view ids_family = "ids";
inline constexpr std::string_view entities_family = "entities";

[[nodiscard]] rocksdb::DBOptions writer_options(const JournalStorage& storage);

// The index of a reader is sorted: it has no writes to keep up with, and looks far more often.
enum class IndexMemtable { unsorted, sorted };

// RocksDB's own default family first, then records, ids, entities.
[[nodiscard]] std::vector<rocksdb::ColumnFamilyDescriptor> column_families(
    IndexMemtable memtable, const JournalStorage& storage);

}  // namespace ledger::log
