// One fact as one line of JSON, in the words of XTS's requests: what the accepted journal holds.
#pragma once

#include "ledger/base/result.h"
#include "tools/brokersim/sim_order.h"

#include <string>
#include <string_view>

namespace tools::brokersim {

// Appends the line with its newline.
void append_event(std::string& out, const OrderEvent& event);

// A line without its newline. invalid_input where append_event cannot have written it.
[[nodiscard]] ledger::Result<OrderEvent> parse_event(std::string_view line);

}  // namespace tools::brokersim
