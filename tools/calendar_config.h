// The [calendar] of the configuration: the exchange's clock, when its trading day begins, and the
// days on which it is closed.
#pragma once

#include "ledger/base/result.h"
#include "ledger/text/json_value.h"
#include "tools/config.h"

#include <string>

namespace tools {

// Sets config.calendar and, of config.policy, the days without trading.
[[nodiscard]] ledger::Result<void> read_calendar(const ledger::text::JsonValue& object,
                                                 Config& config);

// The table as TOML that read_calendar() reads.
[[nodiscard]] std::string print_calendar(const Config& config);

}  // namespace tools
