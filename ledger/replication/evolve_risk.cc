// Limits, consent, funds, the kill switch and the calendar.
#include "ledger/replication/evolve_internal.h"

namespace ledger::replication {

namespace {

// Account 0 is the whole ledger.
RiskDesk& desk(State& state, AccountNumber account) {
    return account.value() == 0 ? state.risk : account_row(state, account).risk;
}

}  // namespace

void apply(State& state, const Event&, const RiskLimitsSet& set) {
    desk(state, set.account).limits = set.limits;
}

void apply(State& state, const Event&, const ConsentRecorded& consent) {
    account_row(state, consent.account).consent =
        consent.accepted ? Consent::accepted : Consent::withdrawn;
}

void apply(State& state, const Event& event, const FundsReported& funds) {
    account_row(state, funds.account).funds =
        Funds{.equity = funds.equity, .capital = funds.capital, .at_ns = event.occurred_at_ns};
}

void apply(State& state, const Event&, const TradingHalted& halted) {
    desk(state, halted.account).halted = true;
}

void apply(State& state, const Event&, const TradingResumed& resumed) {
    desk(state, resumed.account).halted = false;
}

void apply(State& state, const Event&, const CalendarSet& set) {
    state.calendar = set.calendar;
}

}  // namespace ledger::replication
