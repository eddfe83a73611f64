// Last prices in bodies. Pure.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/command.h"
#include "ledger/text/json_value.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ingest {

inline constexpr std::size_t marks_max = 5000;  // of one request

// From [{symbol or scrip_code or both, exchange?, segment?, price, time?}]. invalid_input naming
// the item and its field, "marks[2].price"; a time in the future would keep later prices out for
// long.
[[nodiscard]] ledger::Result<std::vector<ledger::Mark>> read_marks(
    const ledger::text::JsonValue& array, std::int64_t now_ns);

}  // namespace ingest
