// The readers of payloads that record_decode*.cc share. Only these include it.
#pragma once

#include "ledger/model/event.h"
#include "schemas/events_generated.h"

namespace ledger::log {

// No limits where there is no table.
[[nodiscard]] RiskLimits limits_of(const stored::RiskLimits* in);

// record_decode_accounts.cc
void read(const stored::AccountOpened& in, AccountOpened& out);
void read(const stored::AccountChanged& in, AccountChanged& out);
void read(const stored::AccountClosed& in, AccountClosed& out);
void read(const stored::LinkSet& in, LinkSet& out);
void read(const stored::LinkRemoved& in, LinkRemoved& out);
void read(const stored::InstrumentDefined& in, InstrumentDefined& out);

// record_decode_orders.cc
void read(const stored::MasterOrderReported& in, MasterOrderReported& out);
void read(const stored::ConflictRecorded& in, ConflictRecorded& out);
void read(const stored::FollowerOrderIntended& in, FollowerOrderIntended& out);
void read(const stored::FollowerOrderSkipped& in, FollowerOrderSkipped& out);
void read(const stored::FollowerModifyIntended& in, FollowerModifyIntended& out);
void read(const stored::FollowerCancelIntended& in, FollowerCancelIntended& out);
void read(const stored::UnsentOrderAmended& in, UnsentOrderAmended& out);
void read(const stored::UnsentOrderWithdrawn& in, UnsentOrderWithdrawn& out);
void read(const stored::IntentSuperseded& in, IntentSuperseded& out);
void read(const stored::FollowerOrderReported& in, FollowerOrderReported& out);
void read(const stored::AnomalyRecorded& in, AnomalyRecorded& out);

// record_decode_attempts.cc
void read(const stored::AttemptStarted& in, AttemptStarted& out);
void read(const stored::AttemptAccepted& in, AttemptAccepted& out);
void read(const stored::AttemptRejected& in, AttemptRejected& out);
void read(const stored::AttemptUnknown& in, AttemptUnknown& out);
void read(const stored::AttemptNotPlaced& in, AttemptNotPlaced& out);
void read(const stored::IntentExpired& in, IntentExpired& out);
void read(const stored::IntentParked& in, IntentParked& out);
void read(const stored::IntentResolved& in, IntentResolved& out);

// record_decode_risk.cc
void read(const stored::RiskLimitsSet& in, RiskLimitsSet& out);
void read(const stored::ConsentRecorded& in, ConsentRecorded& out);
void read(const stored::FundsReported& in, FundsReported& out);
void read(const stored::TradingHalted& in, TradingHalted& out);
void read(const stored::TradingResumed& in, TradingResumed& out);
void read(const stored::ExitRequested& in, ExitRequested& out);
void read(const stored::CalendarSet& in, CalendarSet& out);
void read(const stored::RequestAnswered& in, RequestAnswered& out);
void read(const stored::CheckpointSigned& in, CheckpointSigned& out);
void read(const stored::SubjectErased& in, SubjectErased& out);
void read(const stored::RecordsArchived& in, RecordsArchived& out);

}  // namespace ledger::log
