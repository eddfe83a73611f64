#include "ledger/log/entity_keys.h"

#include "ledger/base/overloaded.h"

#include <cstdint>
#include <variant>

namespace ledger::log {
namespace {

EntityKeys order_and_account(const EventId& order, AccountNumber account) {
    return {entity_of_order(order), entity_of(account)};
}

EntityKeys anomaly_keys(const AnomalyRecorded& anomaly) {
    EntityKeys keys;
    if (!anomaly.order.is_zero()) keys.push_back(entity_of_order(anomaly.order));
    if (anomaly.account.value() != 0) keys.push_back(entity_of(anomaly.account));
    return keys;
}

// Account 0 is the whole ledger, which is no entity.
EntityKeys account_keys(AccountNumber account) {
    return account.value() == 0 ? EntityKeys{} : EntityKeys{entity_of(account)};
}

}  // namespace

EventId master_order_entity(AccountNumber account, std::string_view broker_order_id) {
    return NaturalKey{"master-order-of"}
        .add(std::uint64_t{account.value()})
        .add(broker_order_id)
        .id();
}

EventIds ids_of(const Event& event) {
    EventIds ids{event.id};
    if (!event.idempotency_key.is_zero()) ids.push_back(event.idempotency_key);
    return ids;
}

EntityKeys entity_keys_of(const Event& event) {
    const auto of_attempt = [](const AttemptRef& ref) {
        return order_and_account(ref.order, ref.follower);
    };
    const auto of_order = [](const auto& e) { return order_and_account(e.order, e.follower); };
    return std::visit(
        Overloaded{
            [](const AccountOpened& e) { return EntityKeys{entity_of(e.account)}; },
            [](const AccountChanged& e) { return EntityKeys{entity_of(e.account)}; },
            [](const AccountClosed& e) { return EntityKeys{entity_of(e.account)}; },
            [](const LinkSet& e) {
                return EntityKeys{entity_of(e.master), entity_of(e.follower)};
            },
            [](const LinkRemoved& e) {
                return EntityKeys{entity_of(e.master), entity_of(e.follower)};
            },
            [](const InstrumentDefined&) { return EntityKeys{}; },
            [](const MasterOrderReported& e) {
                return order_and_account(master_order_entity(e.account, e.broker_order_id),
                                         e.account);
            },
            [](const ConflictRecorded&) { return EntityKeys{}; },
            [&](const FollowerOrderIntended& e) { return order_and_account(event.id, e.follower); },
            [](const FollowerOrderSkipped& e) { return EntityKeys{entity_of(e.follower)}; },
            [&](const FollowerModifyIntended& e) { return of_order(e); },
            [&](const FollowerCancelIntended& e) { return of_order(e); },
            [&](const UnsentOrderAmended& e) { return of_order(e); },
            [&](const UnsentOrderWithdrawn& e) { return of_order(e); },
            [&](const IntentSuperseded& e) { return of_order(e); },
            [&](const AttemptStarted& e) { return of_attempt(e.ref); },
            [&](const AttemptAccepted& e) { return of_attempt(e.ref); },
            [&](const AttemptRejected& e) { return of_attempt(e.ref); },
            [&](const AttemptUnknown& e) { return of_attempt(e.ref); },
            [&](const AttemptNotPlaced& e) { return of_attempt(e.ref); },
            [&](const IntentExpired& e) { return of_order(e); },
            [&](const IntentParked& e) { return of_attempt(e.ref); },
            [&](const IntentResolved& e) { return of_attempt(e.ref); },
            [&](const FollowerOrderReported& e) { return of_order(e); },
            [](const AnomalyRecorded& e) { return anomaly_keys(e); },
            [](const RiskLimitsSet& e) { return account_keys(e.account); },
            [](const ConsentRecorded& e) { return account_keys(e.account); },
            [](const FundsReported& e) { return account_keys(e.account); },
            [](const TradingHalted& e) { return account_keys(e.account); },
            [](const TradingResumed& e) { return account_keys(e.account); },
            [](const ExitRequested& e) { return order_and_account(e.master_order, e.master); },
            [](const CalendarSet&) { return EntityKeys{}; },
            [](const RequestAnswered& e) { return account_keys(e.account); },
            [](const CheckpointSigned&) { return EntityKeys{checkpoints}; },
            [](const SubjectErased& e) { return account_keys(e.account); },
            [](const RecordsArchived&) { return EntityKeys{archivings}; },
        },
        event.payload);
}

}  // namespace ledger::log
