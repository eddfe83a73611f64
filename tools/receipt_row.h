// What a person is told of a word that was recorded: the same row, whether a server or the command
// itself recorded it.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/command.h"
#include "projections/row.h"

#include <string_view>

namespace tools {

[[nodiscard]] projections::Row receipt_row(const ledger::Receipt& receipt);

// Of what a server answers to a request that it carried out; unavailable where that is not
// readable.
[[nodiscard]] ledger::Result<projections::Row> receipt_row_of(std::string_view answer);

}  // namespace tools
