// The body of POST /api/webhooks/blaze/order as the ledger understands it. Pure.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/event.h"
#include "ledger/text/json_value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ingest {

// The adapter whose broker sends these: its accounts are the ones that account_id names.
inline constexpr std::string_view blaze_adapter = "xts";

struct BlazeReport {
    std::string account_code;            // the master's code at the broker
    std::int64_t occurred_at_ns = 0;     // 0: the source did not say
    ledger::MasterOrderReported report;  // `account` is left for whoever knows the accounts
};

// invalid_input naming the field. Requires that `body` is an object.
//
// event_time is RFC 3339, or the seconds or milliseconds since 1970 as an integer: what is below
// 10^11 are seconds (up to the year 5138), the rest milliseconds (from March 1973).
// The version is `sequence`, else event_time, else left to the ledger.
// A price that the order type has no use for is ignored: sources send the last traded price with
// market orders. A fill without filled_quantity is a fill of the whole order.
[[nodiscard]] ledger::Result<BlazeReport> read_blaze_order(const ledger::text::JsonValue& body);

}  // namespace ingest
