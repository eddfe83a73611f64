// Risk limits in bodies and answers, under their own names. Pure.
#pragma once

#include "ingest/body_fields.h"
#include "ledger/base/result.h"
#include "ledger/model/risk.h"
#include "ledger/text/json_value.h"
#include "ledger/text/json_writer.h"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace ingest {

inline constexpr std::size_t allowed_items_max = 1000;  // of each list

// What the body names changes; null lifts a limit, and so does an empty list. invalid_input naming
// the field, also where a limit came under two of its names.
[[nodiscard]] ledger::Result<void> change_limits(const BodyFields& fields,
                                                 ledger::RiskLimits& limits);

[[nodiscard]] bool names_limits(const ledger::text::JsonValue& body);

// A limit that nobody knows would not limit: invalid_input naming a member that is called like one
// and is none.
[[nodiscard]] ledger::Result<void> refuse_unknown_limits(const ledger::text::JsonValue& body);

// Their names, and further ones that the body may have.
[[nodiscard]] std::vector<std::string_view> limit_names_and(
    std::span<const std::string_view> others);

// All of them as members of an open object; null where nothing limits.
void write_limits(ledger::text::JsonWriter& json, const ledger::RiskLimits& limits);

}  // namespace ingest
