// What would follow from a master's event, follower by follower, as rows.
#pragma once

#include "ledger/replication/decide.h"
#include "ledger/replication/state.h"
#include "projections/row.h"

#include <string>

namespace tools {

// One shape for every consequence, so that they make one table. `order` is the master order's name
// for the person. With `brief`, the figures are one cell of name=value pairs.
[[nodiscard]] projections::Row consequence_row(const ledger::replication::State& state,
                                               const std::string& order,
                                               const ledger::replication::Consequence& consequence,
                                               bool brief);

}  // namespace tools
