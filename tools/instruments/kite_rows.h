// Rows of Kite's instruments CSV (GET /instruments). It names no freeze quantities.
#pragma once

#include "tools/instruments/instrument_row.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace tools {

class KiteRows {
  public:
    // Nothing unless the line is a header with the columns exchange, exchange_token, tradingsymbol,
    // lot_size and tick_size. `segment` and `name` are used where they are there.
    [[nodiscard]] static std::optional<KiteRows> from_header(const std::string& line);

    // Nothing for an exchange that the ledger does not know, and for an index: its token may be
    // that of a share, and it cannot be traded.
    [[nodiscard]] RowRead read(const std::string& line) const;

  private:
    static constexpr std::size_t columns_wanted = 5;

    std::array<std::size_t, columns_wanted> columns_{};
    std::optional<std::size_t> segment_;
    std::optional<std::size_t> name_;
};

}  // namespace tools
