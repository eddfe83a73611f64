// One row of an instrument master, whichever file it stood in.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/account.h"
#include "ledger/model/order.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

struct InstrumentRow {
    ledger::Instrument instrument;
    ledger::InstrumentRules rules;  // without the day
    std::string underlying;         // of a derivative; empty otherwise
};

// Nothing for a row that defines no instrument the ledger can know. invalid_input naming the column
// as its field.
using RowRead = ledger::Result<std::optional<InstrumentRow>>;

// What every master says in text: exact, and within the ledger's bounds.
[[nodiscard]] ledger::Result<ledger::Quantity> read_lot_size(const std::string& column,
                                                             const std::string& text);
[[nodiscard]] ledger::Result<ledger::Price> read_tick_size(const std::string& column,
                                                           const std::string& text);
// invalid_input naming the column unless it is printable, not empty and not too long.
[[nodiscard]] ledger::Result<void> check_name(const std::string& column, const std::string& text);

// A comma within double quotes divides nothing, and the quotes are stripped.
[[nodiscard]] std::vector<std::string> split_csv(std::string_view line);
[[nodiscard]] std::string trimmed(std::string_view text);

}  // namespace tools
