// A file system on which nothing can be written, for readers of another process's database.
#pragma once

#include <memory>

namespace rocksdb {
class Env;
}

namespace ledger::log {

// RocksDB's readers mean not to write; this makes sure. Every call that would create, change,
// move or remove a file is refused. Reads from the files of `below`, null for the machine's own.
[[nodiscard]] std::shared_ptr<rocksdb::Env> make_read_only_env(rocksdb::Env* below);

}  // namespace ledger::log
