// Instrument masters from files, as commands for the ledger: lot sizes and ticks are dated facts
// that decisions depend on, so they are recorded.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/command.h"

#include <string>
#include <vector>

namespace tools {

// Kite's instruments CSV (GET /instruments): by its header, the columns exchange, exchange_token,
// tradingsymbol, lot_size and tick_size; rows of exchanges that the ledger does not know are passed
// over. invalid_input naming file and line.
[[nodiscard]] ledger::Result<std::vector<ledger::DefineInstrument>> read_kite_instruments(
    const std::string& path);

}  // namespace tools
