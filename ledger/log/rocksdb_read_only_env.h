// A file system on which nothing can be written, for readers of another process's database.
#pragma once

#include <memory>

namespace rocksdb {
class Env;
}

namespace ledger::log {

// RocksDB's readers mean not to write; this makes sure. Every call that would create, change,
// move or remove a file is refused.
[[nodiscard]] std::shared_ptr<rocksdb::Env> make_read_only_env();

}  // namespace ledger::log
