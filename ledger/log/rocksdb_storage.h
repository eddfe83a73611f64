// What a journal on RocksDB stands on: in production the machine's own files.
#pragma once

#include <cstddef>

namespace rocksdb {
class Env;
}

namespace ledger::log {

class HeadCalls;

// For tests of what storage does to a log. What is null is the machine's own; what is not outlives
// the journal.
struct JournalStorage {
    rocksdb::Env* env = nullptr;
    const HeadCalls* head_calls = nullptr;
    std::size_t write_buffer_size = 0;  // of every family, beside what an empty one takes; 0: each
                                        // has its own
};

}  // namespace ledger::log
