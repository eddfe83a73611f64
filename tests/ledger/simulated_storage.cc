#include "tests/ledger/simulated_storage.h"

namespace ledger::log::test {

SimulatedStorage::SimulatedStorage(const std::string& directory)
    : disk_(directory),
      env_(make_simulated_env(disk_)),
      head_calls_(make_simulated_head_calls(disk_)) {}

JournalStorage SimulatedStorage::below(std::size_t write_buffer_size) const {
    return {env_.get(), head_calls_.get(), write_buffer_size};
}

}  // namespace ledger::log::test
