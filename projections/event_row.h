// An event of the log as named cells: the envelope first, then what its kind says. Sealed
// credentials are named, never shown.
#pragma once

#include "ledger/model/event.h"
#include "projections/row.h"

namespace projections {

[[nodiscard]] Row event_row(const ledger::Event& event);

}  // namespace projections
