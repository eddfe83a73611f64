#include "ledger/model/event.h"

#include "ledger/base/overloaded.h"

namespace ledger {

Payload::Payload() = default;
Payload::Payload(const Payload& other) = default;
Payload::Payload(Payload&& other) noexcept = default;
Payload& Payload::operator=(const Payload& other) = default;
Payload& Payload::operator=(Payload&& other) noexcept = default;
Payload::~Payload() = default;

bool operator==(const Payload& one, const Payload& other) {
    return static_cast<const AnyPayload&>(one) == static_cast<const AnyPayload&>(other);
}

std::string_view kind_of(const Payload& payload) {
    using namespace std::string_view_literals;
    return std::visit(Overloaded{
                          [](const AccountOpened&) { return "AccountOpened"sv; },
                          [](const AccountChanged&) { return "AccountChanged"sv; },
                          [](const AccountClosed&) { return "AccountClosed"sv; },
                          [](const LinkSet&) { return "LinkSet"sv; },
                          [](const LinkRemoved&) { return "LinkRemoved"sv; },
                          [](const InstrumentDefined&) { return "InstrumentDefined"sv; },
                          [](const MasterOrderReported&) { return "MasterOrderReported"sv; },
                          [](const ConflictRecorded&) { return "ConflictRecorded"sv; },
                          [](const FollowerOrderIntended&) { return "FollowerOrderIntended"sv; },
                          [](const FollowerOrderSkipped&) { return "FollowerOrderSkipped"sv; },
                          [](const FollowerModifyIntended&) { return "FollowerModifyIntended"sv; },
                          [](const FollowerCancelIntended&) { return "FollowerCancelIntended"sv; },
                          [](const UnsentOrderAmended&) { return "UnsentOrderAmended"sv; },
                          [](const UnsentOrderWithdrawn&) { return "UnsentOrderWithdrawn"sv; },
                          [](const IntentSuperseded&) { return "IntentSuperseded"sv; },
                          [](const AttemptStarted&) { return "AttemptStarted"sv; },
                          [](const AttemptAccepted&) { return "AttemptAccepted"sv; },
                          [](const AttemptRejected&) { return "AttemptRejected"sv; },
                          [](const AttemptUnknown&) { return "AttemptUnknown"sv; },
                          [](const AttemptNotPlaced&) { return "AttemptNotPlaced"sv; },
                          [](const IntentExpired&) { return "IntentExpired"sv; },
                          [](const IntentParked&) { return "IntentParked"sv; },
                          [](const IntentResolved&) { return "IntentResolved"sv; },
                          [](const FollowerOrderReported&) { return "FollowerOrderReported"sv; },
                          [](const AnomalyRecorded&) { return "AnomalyRecorded"sv; },
                          [](const RiskLimitsSet&) { return "RiskLimitsSet"sv; },
                          [](const ConsentRecorded&) { return "ConsentRecorded"sv; },
                          [](const FundsReported&) { return "FundsReported"sv; },
                          [](const TradingHalted&) { return "TradingHalted"sv; },
                          [](const TradingResumed&) { return "TradingResumed"sv; },
                          [](const ExitRequested&) { return "ExitRequested"sv; },
                          [](const CalendarSet&) { return "CalendarSet"sv; },
                          [](const RequestAnswered&) { return "RequestAnswered"sv; },
                          [](const CheckpointSigned&) { return "CheckpointSigned"sv; },
                          [](const SubjectErased&) { return "SubjectErased"sv; },
                          [](const RecordsArchived&) { return "RecordsArchived"sv; },
                      },
                      payload);
}

std::string_view to_text(MasterEventType type) {
    switch (type) {
        case MasterEventType::new_:
            return "NEW";
        case MasterEventType::modified:
            return "MODIFY";
        case MasterEventType::canceled:
            return "CANCEL";
        case MasterEventType::fill:
            return "FILL";
        case MasterEventType::rejected:
            return "REJECT";
    }
    return "?";
}

std::string_view to_text(IntentKind kind) {
    switch (kind) {
        case IntentKind::new_:
            return "NEW";
        case IntentKind::modify:
            return "MODIFY";
        case IntentKind::cancel:
            return "CANCEL";
    }
    return "?";
}

std::string_view to_text(OrderPurpose purpose) {
    switch (purpose) {
        case OrderPurpose::copy:
            return "COPY";
        case OrderPurpose::flatten:
            return "FLATTEN";
        case OrderPurpose::exit:
            return "EXIT";
        case OrderPurpose::leave:
            return "LEAVE";
        case OrderPurpose::join:
            return "JOIN";
    }
    return "?";
}

std::string_view to_text(ExitScope scope) {
    return scope == ExitScope::order ? "ORDER" : "POSITION";
}

std::string_view to_text(SupersededBecause because) {
    switch (because) {
        case SupersededBecause::later_change:
            return "LATER_CHANGE";
        case SupersededBecause::order_done:
            return "ORDER_DONE";
        case SupersededBecause::merged_unsent:
            return "MERGED_UNSENT";
    }
    return "?";
}

std::string_view to_text(AnomalyKind kind) {
    switch (kind) {
        case AnomalyKind::duplicate_order:
            return "DUPLICATE_ORDER";
        case AnomalyKind::illegal_transition:
            return "ILLEGAL_TRANSITION";
        case AnomalyKind::foreign_order:
            return "FOREIGN_ORDER";
    }
    return "?";
}

EventId account_id(const AccountIdentity& identity) {
    return NaturalKey{"account"}
        .add(to_text(identity.role))
        .add(identity.broker)
        .add(identity.broker_account)
        .id();
}

EventId master_order_id(std::string_view broker, std::string_view broker_account,
                        std::string_view broker_order_id) {
    return NaturalKey{"master-order"}.add(broker).add(broker_account).add(broker_order_id).id();
}

EventId intent_id(const EventId& master_event, AccountNumber follower, IntentKind kind,
                  std::uint32_t slice) {
    return NaturalKey{"intent"}
        .add(master_event)
        .add(std::uint64_t{follower.value()})
        .add(static_cast<std::uint64_t>(kind))
        .add(std::uint64_t{slice})
        .id();
}

EventId closing_intent_id(const EventId& cause, AccountNumber follower, const EventId& master_order,
                          std::uint32_t slice) {
    return NaturalKey{"closing-intent"}
        .add(cause)
        .add(std::uint64_t{follower.value()})
        .add(master_order)
        .add(std::uint64_t{slice})
        .id();
}

EventId attempt_id(const EventId& intent, std::uint32_t attempt) {
    return NaturalKey{"attempt"}.add(intent).add(std::uint64_t{attempt}).id();
}

}  // namespace ledger
