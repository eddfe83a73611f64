// Rows of XTS's master dump (POST /apimarketdata/instruments/master): fields divided by '|', no
// header; cash and derivatives agree up to the lot size.
#pragma once

#include "tools/instruments/instrument_row.h"

#include <string>
#include <string_view>

namespace tools {

// Whether a file that begins with this line is such a dump.
[[nodiscard]] bool is_xts_row(std::string_view line);

// Nothing for a segment that the ledger does not know, and for an index or a spot price, which
// cannot be traded.
[[nodiscard]] RowRead read_xts_row(std::string_view line);

}  // namespace tools
