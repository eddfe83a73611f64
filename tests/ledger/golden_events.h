// The events that the golden files hold, by the version of the schema that was new when the file
// was made.
#pragma once

#include "ledger/model/event.h"

#include <vector>

namespace ledger::log {

// One of every kind that version 1 had, in the variant's order, no field at its default.
[[nodiscard]] std::vector<Event> golden_events_v1();

// The same with nothing but what every event must have.
[[nodiscard]] std::vector<Event> sparse_golden_events_v1();

// One of every kind that version 2 added or gave a field, no field at its default.
[[nodiscard]] std::vector<Event> golden_events_v2();

// The same with nothing but the least that version 1 could not say.
[[nodiscard]] std::vector<Event> sparse_golden_events_v2();

// Of the kinds that version 3 added.
[[nodiscard]] std::vector<Event> golden_events_v3();
[[nodiscard]] std::vector<Event> sparse_golden_events_v3();

// The full ones of all versions.
[[nodiscard]] std::vector<Event> golden_events();

}  // namespace ledger::log
