// The operator's choices that admission and decisions depend on. What they led to is recorded, so
// replay needs none of them.
#pragma once

#include "ledger/model/order.h"

#include <cstdint>
#include <vector>

namespace ledger::replication {

enum class UnknownInstrument : std::uint8_t {
    cash_only,  // lot 1 in a cash segment, refused elsewhere
    refuse,
    allow,  // lot 1 everywhere
};

struct Policy {
    // An intent older than this is not sent any more. Cancels do not expire.
    std::int64_t max_age_market_ns = 30'000'000'000;
    std::int64_t max_age_other_ns = 300'000'000'000;
    UnknownInstrument unknown_instrument = UnknownInstrument::cash_only;
    bool require_consent = false;
    // An equity recorded longer ago is no basis for an order's size.
    std::int64_t max_equity_age_ns = 86'400'000'000'000;
    // Where trading hours are limited, these days have none.
    bool weekends_closed = true;
    std::vector<std::int32_t>
        holidays{};  // days since 1970-01-01 on the exchange's clock, ascending

    [[nodiscard]] bool too_old(OrderType type, std::int64_t age_ns) const {
        return age_ns > (type == OrderType::market ? max_age_market_ns : max_age_other_ns);
    }
};

}  // namespace ledger::replication
