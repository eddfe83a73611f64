// XTS's rows of orders and trades, with the fields and types recorded from the broker.
#pragma once

#include "tools/brokersim/sim_order.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tools::brokersim {

// "2026-11-21T14:49:16.0287269": India's clock, no zone.
[[nodiscard]] std::string format_ist(std::int64_t unix_ns);
// At least two decimals, as in "31.80"; `value` in ten-thousandths.
[[nodiscard]] std::string price_text(std::int64_t value);

// JSON arrays. The orders as they are now:
[[nodiscard]] std::string book_rows(const std::vector<const SimOrder*>& orders);
// One row for each state the order has been in, the first one first.
[[nodiscard]] std::string history_rows(const SimOrder& order);

struct TradeOfOrder {
    const SimTrade* trade;
    const SimOrder* order;
};

[[nodiscard]] std::string trade_rows(const std::vector<TradeOfOrder>& trades);

}  // namespace tools::brokersim
