// The events that the golden files of the first schema version hold.
#pragma once

#include "ledger/model/event.h"

#include <vector>

namespace ledger::log {

// One of every kind, in the variant's order, no field at its default.
[[nodiscard]] std::vector<Event> golden_events_v1();

// One of every kind with nothing but what every event must have.
[[nodiscard]] std::vector<Event> sparse_golden_events_v1();

}  // namespace ledger::log
