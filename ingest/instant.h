// Fields that several sources write alike: when something was, and where it is traded.
#pragma once

#include "ingest/body_fields.h"
#include "ledger/base/result.h"
#include "ledger/model/order.h"

#include <cstdint>
#include <string_view>

namespace ingest {

// RFC 3339, or the seconds or milliseconds since 1970 as an integer: what is below 10^11 are
// seconds (up to the year 5138), the rest milliseconds (from March 1973). 0 where there is none.
[[nodiscard]] ledger::Result<std::int64_t> read_instant(const BodyFields& fields,
                                                        std::string_view name);

// From `exchange` and `segment`; NSE's cash segment where neither is given.
[[nodiscard]] ledger::Result<ledger::Segment> read_segment(const BodyFields& fields);

}  // namespace ingest
