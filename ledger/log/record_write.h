// The writers of payloads that record_encode*.cc share. Only these include it.
#pragma once

#include "ledger/log/record_payload.h"
#include "ledger/model/event.h"
#include "schemas/events_generated.h"

#include <cstdint>

#include <flatbuffers/flatbuffers.h>

namespace ledger::log {

template <class Table>
[[nodiscard]] WrittenPayload written(flatbuffers::Offset<Table> table) {
    return {static_cast<std::uint8_t>(stored::PayloadTraits<Table>::enum_value), table.o};
}

// Null, which is not stored, for no limits at all.
[[nodiscard]] flatbuffers::Offset<stored::RiskLimits> limits_table(
    flatbuffers::FlatBufferBuilder& builder, const RiskLimits& limits);

// record_encode_accounts.cc
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const AccountOpened& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const AccountChanged& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const AccountClosed& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const LinkSet& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const LinkRemoved& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const InstrumentDefined& event);

// record_encode_orders.cc
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const MasterOrderReported& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const ConflictRecorded& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const FollowerOrderIntended& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const FollowerOrderSkipped& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const FollowerModifyIntended& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const FollowerCancelIntended& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const UnsentOrderAmended& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const UnsentOrderWithdrawn& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const IntentSuperseded& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const FollowerOrderReported& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const AnomalyRecorded& event);

// record_encode_attempts.cc
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const AttemptStarted& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const AttemptAccepted& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const AttemptRejected& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const AttemptUnknown& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const AttemptNotPlaced& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const IntentExpired& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const IntentParked& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const IntentResolved& event);

// record_encode_risk.cc
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const RiskLimitsSet& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const ConsentRecorded& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const FundsReported& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const TradingHalted& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const TradingResumed& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const ExitRequested& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const CalendarSet& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const RequestAnswered& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const CheckpointSigned& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const SubjectErased& event);
WrittenPayload write(flatbuffers::FlatBufferBuilder& builder, const RecordsArchived& event);

}  // namespace ledger::log
