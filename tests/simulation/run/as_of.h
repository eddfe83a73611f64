// What a process keeps of its projections beside the log, and the past as it is asked for.
#pragma once

#include "projections/ledger_view.h"
#include "tests/simulation/run/planted_bug.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace simulation {

struct Snapshot {
    std::uint64_t sequence = 0;
    std::int64_t recorded_at_ns = 0;
    std::map<std::string, std::string, std::less<>> sections;
};

[[nodiscard]] Snapshot snapshot_of(const projections::LedgerView& view);
[[nodiscard]] ledger::Result<projections::LedgerView> view_of(const Snapshot& snapshot);

// From the latest snapshot that is not too late, if there is one, and the events behind it.
[[nodiscard]] ledger::Result<projections::LedgerView> as_of(const std::vector<ledger::Event>& log,
                                                            const std::vector<Snapshot>& snapshots,
                                                            std::uint64_t sequence, PlantedBug bug);

}  // namespace simulation
