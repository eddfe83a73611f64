// What an account is worth, in bodies. Pure.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/command.h"
#include "ledger/text/json_value.h"

#include <cstdint>
#include <optional>

namespace ingest {

// `equity` (or its other name `initial_balance`) and `capital`, without the account; nothing where
// the body has neither. invalid_input naming the field.
[[nodiscard]] ledger::Result<std::optional<ledger::ReportFunds>> read_funds(
    const ledger::text::JsonValue& body);

// `as_of`, RFC 3339; 0 where it is not given. invalid_input where it is later than now: figures of
// the future would count as fresh too long.
[[nodiscard]] ledger::Result<std::int64_t> read_as_of(const ledger::text::JsonValue& body,
                                                      std::int64_t now_ns);

}  // namespace ingest
