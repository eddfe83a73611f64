// RocksDB and the head file on a simulated disk.
#pragma once

#include "ledger/log/rocksdb_storage.h"
#include "tests/ledger/simulated_disk.h"

#include <memory>
#include <string>

namespace rocksdb {
class Env;
}

namespace ledger::log {
class HeadCalls;
}

namespace ledger::log::test {

// The smallest that RocksDB takes: a few batches fill it, and are flushed in the background.
inline constexpr std::size_t small_write_buffer = std::size_t{64} * 1024;

// The files of one directory. Nothing is really synced: only simulated crashes happen to it.
class SimulatedStorage {
  public:
    explicit SimulatedStorage(const std::string& directory);

    [[nodiscard]] SimulatedDisk& disk() { return disk_; }

    [[nodiscard]] const SimulatedDisk& disk() const { return disk_; }

    [[nodiscard]] JournalStorage below(std::size_t write_buffer_size = 0) const;

  private:
    SimulatedDisk disk_;
    std::shared_ptr<rocksdb::Env> env_;
    std::shared_ptr<const HeadCalls> head_calls_;
};

// The two of which it is made.
[[nodiscard]] std::shared_ptr<rocksdb::Env> make_simulated_env(SimulatedDisk& disk);
[[nodiscard]] std::shared_ptr<const HeadCalls> make_simulated_head_calls(SimulatedDisk& disk);

}  // namespace ledger::log::test
