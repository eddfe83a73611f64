// An event of the log as named cells: the envelope first, then what its kind says. Sealed
// credentials are named, never shown.
#pragma once

#include "ledger/model/event.h"
#include "projections/row.h"

namespace projections {

[[nodiscard]] Row event_row(const ledger::Event& event);

// The same columns for every kind, for a table of many: what the kind says is one cell of
// name=value pairs.
[[nodiscard]] Row brief_event_row(const ledger::Event& event);

}  // namespace projections
