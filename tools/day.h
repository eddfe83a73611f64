// Calendar days as people and file names write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tools {

// Days since 1970-01-01 of "2026-11-20"; nothing where the text is no day from then on.
[[nodiscard]] std::optional<std::int32_t> parse_day(std::string_view text);
[[nodiscard]] std::string day_text(std::int32_t days);

// 20261120, as ledger::InstrumentRules has it.
[[nodiscard]] std::int32_t yyyymmdd(std::int32_t days);

// The first day that stands in a file's name as 20261120, 2026-11-20 or 2026_11_20, with no further
// digit beside it.
[[nodiscard]] std::optional<std::int32_t> day_in_name(std::string_view name);

}  // namespace tools
