// A small workload on a simulated disk, what its callers were told, and whether a log keeps it.
#pragma once

#include "ledger/log/rocksdb_journal.h"
#include "tests/ledger/simulated_storage.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace ledger::log::test {

struct Told {
    SequenceNumber acknowledged = 0;
    SequenceNumber attempted = 0;  // above `acknowledged` where the last batch was answered failed
    bool opened_all = true;
};

[[nodiscard]] Result<std::unique_ptr<RocksdbJournal>> open_on(const SimulatedStorage& storage,
                                                              const std::string& directory);

// Opens, appends, closes, opens again, appends so much that RocksDB flushes in the background, and
// stops at the first failure, having seen that nothing is accepted after it. Gives the journal as
// it stands then, to be closed when the crash is over.
struct Trial {
    Told told;
    std::unique_ptr<RocksdbJournal> journal;
};

[[nodiscard]] Trial run_trial(const SimulatedStorage& storage, const std::string& directory);

// What a full read of a journal that must hold the records 1..last finds wrong: refused where the
// journal itself says so, and else every difference reported through Catch.
[[nodiscard]] std::optional<Error> read_all(const Journal& journal, SequenceNumber last);

// All that was acknowledged is there, by sequence, id and entity; what was not is whole or absent;
// and the log goes on.
void check_kept(const std::string& directory, const Told& told);

}  // namespace ledger::log::test
