// NSE's qtyfreeze CSV (S.No.,SYMBOL,VOL_FRZ_QTY, padded with blanks): the most that one order in
// the derivatives of an underlying may hold.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/money.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace tools {

// By the symbol of the underlying.
using FreezeQuantities = std::map<std::string, ledger::Quantity, std::less<>>;

[[nodiscard]] bool is_freeze_header(std::string_view line);

// Adds what the file says. unavailable or invalid_input as InstrumentReader::open.
[[nodiscard]] ledger::Result<void> read_freeze_file(const std::string& path, FreezeQuantities& out);

}  // namespace tools
