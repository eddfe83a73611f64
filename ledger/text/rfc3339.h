// RFC 3339 instants with nanoseconds, as signed nanoseconds since 1970-01-01T00:00:00Z.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ledger::text {

// "2026-11-21T09:15:00.123456789Z": always UTC, always nine decimals.
[[nodiscard]] std::string format_rfc3339(std::int64_t unix_ns);

// RFC 3339 with 'Z' or an offset and zero to nine decimals (more are refused). `T` may be a blank,
// and 'T' and 'Z' may be lower case. Refuses (invalid_input) impossible dates, leap seconds (Unix
// time has no number for them) and instants before 1970 or beyond 64 bits of nanoseconds (2262).
[[nodiscard]] Result<std::int64_t> parse_rfc3339(std::string_view text);

}  // namespace ledger::text
