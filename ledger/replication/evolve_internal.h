// The parts of evolve(), one file per kind of event.
#pragma once

#include "ledger/replication/evolve.h"
#include "ledger/replication/order_edit.h"

namespace ledger::replication {

// evolve_accounts.cc
void apply(State& state, const Event& event, const AccountOpened& opened);
void apply(State& state, const Event& event, const AccountChanged& changed);
void apply(State& state, const Event& event, const AccountClosed& closed);
void apply(State& state, const Event& event, const SubjectErased& erased);
void apply(State& state, const Event& event, const LinkSet& link);
void apply(State& state, const Event& event, const LinkRemoved& removed);
void apply(State& state, const Event& event, const InstrumentDefined& defined);
// The row of an instrument, made where an order is the first to name it.
RowIndex instrument_row(State& state, const Instrument& instrument);

// evolve_risk.cc
void apply(State& state, const Event& event, const RiskLimitsSet& set);
void apply(State& state, const Event& event, const ConsentRecorded& consent);
void apply(State& state, const Event& event, const FundsReported& funds);
void apply(State& state, const Event& event, const TradingHalted& halted);
void apply(State& state, const Event& event, const TradingResumed& resumed);
void apply(State& state, const Event& event, const CalendarSet& set);

// evolve_master_orders.cc
void apply(State& state, const Event& event, const MasterOrderReported& report);
void apply(State& state, const Event& event, const ExitRequested& request);

// evolve_orders.cc
void apply(State& state, const Event& event, const FollowerOrderIntended& intended);
void apply(State& state, const Event& event, const FollowerModifyIntended& intended);
void apply(State& state, const Event& event, const FollowerCancelIntended& intended);
void apply(State& state, const Event& event, const UnsentOrderAmended& amended);
void apply(State& state, const Event& event, const UnsentOrderWithdrawn& withdrawn);
void apply(State& state, const Event& event, const IntentSuperseded& superseded);
void apply(State& state, const Event& event, const FollowerOrderReported& report);

// evolve_attempts.cc
void apply(State& state, const Event& event, const AttemptStarted& started);
void apply(State& state, const Event& event, const AttemptAccepted& accepted);
void apply(State& state, const Event& event, const AttemptRejected& rejected);
void apply(State& state, const Event& event, const AttemptUnknown& unknown);
void apply(State& state, const Event& event, const AttemptNotPlaced& not_placed);
void apply(State& state, const Event& event, const IntentExpired& expired);
void apply(State& state, const Event& event, const IntentParked& parked);
void apply(State& state, const Event& event, const IntentResolved& resolved);

// Changes nothing that decisions depend on.
inline void apply(State&, const Event&, const ConflictRecorded&) {}

inline void apply(State&, const Event&, const FollowerOrderSkipped&) {}

inline void apply(State&, const Event&, const AnomalyRecorded&) {}

inline void apply(State&, const Event&, const RequestAnswered&) {}

inline void apply(State&, const Event&, const CheckpointSigned&) {}

inline void apply(State&, const Event&, const RecordsArchived&) {}

// Requires that the account exists.
[[nodiscard]] Account& account_row(State& state, AccountNumber number);

}  // namespace ledger::replication
