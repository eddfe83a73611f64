// What an event says of an order in FIX 4.4's terms, as ExecutionReports.
#pragma once

#include "ledger/model/event.h"
#include "projections/ledger_view.h"

#include <cstdint>
#include <string>
#include <vector>

namespace projections {

struct ExecutionReport {
    std::string exec_id;  // of each its own
    char exec_type = 'I';
    char ord_status = '0';
    std::string order_id;        // the broker's; "NONE" while it has none
    std::string cl_ord_id;       // of a master's order: none
    std::string orig_cl_ord_id;  // of a change: the order's
    std::string account;         // the client code at the broker
    ledger::Instrument instrument;
    ledger::OrderTerms terms;
    ledger::Quantity cum_qty;
    ledger::Quantity leaves_qty;
    ledger::Price avg_px;
    ledger::Quantity last_qty;  // of a trade; else 0
    ledger::Price last_px;
    std::int64_t transact_time_ns = 0;
    std::int64_t recorded_at_ns = 0;
    std::string text;
};

// Empty for what reports of no order: decisions before they are sent, accounts, links, ... A fill
// that ends an order otherwise than filled makes two. Requires that `event` is the last one folded
// into `view`.
[[nodiscard]] std::vector<ExecutionReport> execution_reports_of(const LedgerView& view,
                                                                const ledger::Event& event);

}  // namespace projections
