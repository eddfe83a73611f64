// Instrument files for tests, small and made up, in the columns that the sources use.
#pragma once

#include "tests/tools/tool_fixture.h"
#include "tools/instruments/instrument_reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace tools::test {

// As Kite's API documents its file.
inline const std::string kite_header =
    "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,"
    "lot_size,instrument_type,segment,exchange\n";

// All that a file of this name holds.
ledger::Result<std::vector<ledger::DefineInstrument>> read_master(
    const std::string& name, std::string_view bytes, const FreezeQuantities& freezes = {});

std::vector<ledger::DefineInstrument> rows_of(const std::string& name, std::string_view bytes,
                                              const FreezeQuantities& freezes = {});
ledger::Error error_of_master(const std::string& name, std::string_view bytes);

}  // namespace tools::test
