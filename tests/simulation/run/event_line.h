// An event of the log as one line of a trace.
#pragma once

#include "ledger/model/event.h"

#include <string>

namespace simulation {

[[nodiscard]] std::string line_of(const ledger::Event& event);

}  // namespace simulation
