#include "ledger/log/rocksdb_options.h"

#include "ledger/log/rocksdb_id_memtable.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/memtablerep.h>
#include <rocksdb/options.h>
#include <rocksdb/sst_file_manager.h>
#include <rocksdb/table.h>

namespace ledger::log {
namespace {

constexpr std::size_t kib = 1024;
constexpr std::size_t mib = 1024 * kib;

constexpr std::size_t records_write_buffer = 64 * mib;
constexpr std::size_t index_write_buffer = 8 * mib;
constexpr std::size_t index_block_size = 4 * kib;
// So many small memtables that appending need not wait while one is sorted and flushed.
constexpr int index_write_buffers_max = 4;
constexpr int index_compaction_trigger = 8;
constexpr std::size_t block_cache_size = 64 * mib;
// Bounds the time of a restart: recovery replays about 90,000 records a second.
constexpr std::uint64_t wal_size_max = 64 * mib;
constexpr int open_files_max = 512;
constexpr std::size_t info_log_size_max = 4 * mib;
constexpr std::size_t info_log_count_max = 4;
constexpr int bloom_bits_per_key = 10;
constexpr std::int64_t deletion_bytes_per_second = 200 * mib;
constexpr std::uint64_t deletion_chunk = 4 * mib;

rocksdb::BlockBasedTableOptions table_options(const std::shared_ptr<rocksdb::Cache>& cache) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    table.block_size = 16 * kib;
    return table;
}

rocksdb::ColumnFamilyOptions family_options(const rocksdb::BlockBasedTableOptions& table,
                                            std::size_t write_buffer) {
    rocksdb::ColumnFamilyOptions options;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    options.compression = rocksdb::kLZ4Compression;
    options.write_buffer_size = write_buffer;
    return options;
}

rocksdb::ColumnFamilyOptions index_options(rocksdb::BlockBasedTableOptions table) {
    table.block_size = index_block_size;
    auto options = family_options(table, index_write_buffer);
    options.max_write_buffer_number = index_write_buffers_max;
    options.level0_file_num_compaction_trigger = index_compaction_trigger;
    return options;
}

rocksdb::ColumnFamilyOptions ids_options(rocksdb::BlockBasedTableOptions table,
                                         IndexMemtable memtable) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(bloom_bits_per_key));
    auto options = index_options(table);
    options.compression = rocksdb::kNoCompression;  // random bytes
    if (memtable == IndexMemtable::unsorted) options.memtable_factory = make_id_memtable_factory();
    return options;
}

rocksdb::ColumnFamilyOptions entities_options(const rocksdb::BlockBasedTableOptions& table,
                                              IndexMemtable memtable) {
    auto options = index_options(table);
    // Each query sorts a copy of what is not flushed yet: the write buffer bounds what that takes.
    if (memtable == IndexMemtable::unsorted) {
        options.memtable_factory = std::make_shared<rocksdb::VectorRepFactory>();
    }
    return options;
}

}  // namespace

rocksdb::DBOptions writer_options(const JournalStorage& storage) {
    rocksdb::DBOptions options;
    if (storage.env != nullptr) options.env = storage.env;
    options.create_missing_column_families = true;
    options.paranoid_checks = true;
    // The default mode drops everything after the first damaged record, silently. This one refuses
    // to open, and forgives only a record torn at the very end.
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    options.track_and_verify_wals_in_manifest = true;
    options.max_total_wal_size = wal_size_max;
    options.allow_concurrent_memtable_write = false;  // the index memtables cannot
    options.avoid_unnecessary_blocking_io = true;
    options.max_background_jobs = 2;
    options.bytes_per_sync = mib;
    options.max_open_files = open_files_max;
    // The default of a build with assertions is DEBUG.
    options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
    options.max_log_file_size = info_log_size_max;
    options.keep_log_file_num = info_log_count_max;
    options.max_bgerror_resume_count = 0;  // what has failed stays failed
    // Unlinking a whole WAL blocks every sync for 100 ms on ext4 with discard; in chunks at a
    // bounded rate it does not. The trash ratio is the share above which the rate is ignored.
    options.sst_file_manager.reset(
        rocksdb::NewSstFileManager(options.env, nullptr, "", deletion_bytes_per_second, true,
                                   nullptr, 1'000'000'000, deletion_chunk));
    return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> column_families(IndexMemtable memtable,
                                                             const JournalStorage& storage) {
    const auto table = table_options(rocksdb::NewLRUCache(block_cache_size));
    std::vector<rocksdb::ColumnFamilyDescriptor> families{
        {rocksdb::kDefaultColumnFamilyName, family_options(table, mib)},
        {std::string(records_family), family_options(table, records_write_buffer)},
        {std::string(ids_family), ids_options(table, memtable)},
        {std::string(entities_family), entities_options(table, memtable)},
    };
    if (storage.write_buffer_size == 0) return families;
    for (auto& family : families) {
        family.options.write_buffer_size = storage.write_buffer_size;
        if (family.name == ids_family) family.options.write_buffer_size += id_memtable_size_min;
    }
    return families;
}

}  // namespace ledger::log
