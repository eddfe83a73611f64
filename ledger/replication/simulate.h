// What would follow from a master's event, changing nothing.
#pragma once

#include "ledger/base/result.h"
#include "ledger/replication/decide.h"

#include <cstdint>
#include <vector>

namespace ledger::replication {

// The consequences that `report` would have if it were recorded at `now_ns`, in the order in which
// they would be recorded. Whether the log holds this very report already, so that nothing would be
// recorded, is for the log to say. Refuses what admit() would refuse. `state` is left as it is; the
// instrument need not be known to it.
[[nodiscard]] Result<std::vector<Consequence>> simulate(const State& state, const Policy& policy,
                                                        const Marks& marks,
                                                        const MasterOrderReported& report,
                                                        std::int64_t now_ns);

}  // namespace ledger::replication
