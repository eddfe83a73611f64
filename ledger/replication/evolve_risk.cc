// Limits, consent, funds, the kill switch and the calendar.
#include "ledger/replication/evolve_internal.h"

namespace ledger::replication {

namespace {

// Account 0 is the whole ledger.
RiskDesk& desk(State& state, AccountNumber account) {
    return account.value() == 0 ? state.risk : account_row(state, account).risk;
}

// Days are told apart by how far they lie from today, which keeps what it has.
void shift_days(State& state, std::int32_t by) {
    state.risk.usage.session_day += by;
    for (Account& account : state.accounts) account.risk.usage.session_day += by;
    for (Link& link : state.links) link.usage.session_day += by;
    for (MasterPosition& position : state.master_positions) position.leaves.session_day += by;
    for (CopiedPosition& position : state.copied_positions) position.leaves.session_day += by;
    for (MasterOrder& order : state.master_orders) order.session_day += by;
    for (FollowerOrder& order : state.follower_orders) order.session_day += by;
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

// Another calendar may call the same instant another day; that ends no session, frees no limit and
// forgets no order.
void apply(State& state, const Event& event, const CalendarSet& set) {
    const std::int32_t before = session_day(state.calendar, event.recorded_at_ns);
    state.calendar = set.calendar;
    const std::int32_t by = session_day(state.calendar, event.recorded_at_ns) - before;
    if (by != 0) shift_days(state, by);
}

}  // namespace ledger::replication
