#include "ledger/log/rocksdb_read_ahead.h"

#include "ledger/base/unique_fd.h"
#include "ledger/log/rocksdb_codec.h"

#include <algorithm>
#include <functional>

#include <fcntl.h>
#include <rocksdb/db.h>
#include <rocksdb/metadata.h>

namespace ledger::log {
namespace {

// Advice: where it cannot be given, the scan reads as it goes.
void ask_kernel_for(const std::string& path) {
    const UniqueFd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.valid()) ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_WILLNEED);
}

}  // namespace

ReadAhead::ReadAhead(const RocksdbStore& store, SequenceNumber first, SequenceNumber last) {
    rocksdb::ColumnFamilyMetaData family;
    store.db().GetColumnFamilyMetaData(store.records(), &family);
    for (const auto& level : family.levels) {
        for (const auto& file : level.files) {
            const auto smallest = parse_sequence_key(file.smallestkey);
            const auto largest = parse_sequence_key(file.largestkey);
            if (!smallest || !largest || *largest < first || *smallest > last) continue;
            to_come_.push_back({*smallest, file.db_path + "/" + file.name});
        }
    }
    std::ranges::sort(to_come_, std::ranges::greater{}, &Table::first);
}

// The table that the scan stands in, and the one after it.
void ReadAhead::ask(SequenceNumber sequence) {
    bool beyond = false;
    while (!to_come_.empty() && !beyond) {
        beyond = to_come_.back().first > sequence;
        ask_from_ = to_come_.back().first;
        ask_kernel_for(to_come_.back().path);
        to_come_.pop_back();
    }
}

}  // namespace ledger::log
