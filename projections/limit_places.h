// The places where limits stand: the whole ledger, accounts, links.
#pragma once

#include "projections/ledger_view.h"
#include "projections/row.h"

#include <vector>

namespace projections {

// One of them, and what is taken up there.
struct LimitsPlace {
    ledger::RiskScope scope = ledger::RiskScope::global;
    ledger::AccountNumber account{};  // 0: the whole ledger
    ledger::AccountNumber master{};   // of a link
    bool halted = false;
    const ledger::RiskLimits* limits = nullptr;
    const ledger::replication::Usage* usage = nullptr;
};

// All of them; they point into `state`.
[[nodiscard]] std::vector<LimitsPlace> places_of(const ledger::replication::State& state);

[[nodiscard]] Row limits_row(const LedgerView& view, const LimitsPlace& place);

}  // namespace projections
