// Risk limits, and what a limit said of an order, as cells.
#pragma once

#include "ledger/model/event.h"
#include "projections/row.h"

#include <optional>
#include <string>

namespace projections {

// One cell for each limit, empty where it is not set: zero is a limit.
void add_limits(Row& row, const ledger::RiskLimits& limits);

// The limits that are set: "max_quantity 80, max_order_value 50000.5, on_limit CAP".
[[nodiscard]] std::string limits_text(const ledger::RiskLimits& limits);

void add_limit_figures(Row& row, const std::optional<ledger::LimitFigures>& limit);

}  // namespace projections
