#include "ledger/log/record_payload.h"
#include "ledger/log/record_write_fields.h"
#include "schemas/events_generated.h"

#include <variant>

namespace ledger::log {
namespace {

template <class Table>
WrittenPayload written(flatbuffers::Offset<Table> table) {
    return {static_cast<std::uint8_t>(stored::PayloadTraits<Table>::enum_value), table.o};
}

WrittenPayload write(Builder& builder, const AccountOpened& event) {
    const ProfileTexts texts = texts_of(builder, event.profile);
    const Text broker = text(builder, event.identity.broker);
    const Text broker_account = text(builder, event.identity.broker_account);
    const Text username = text(builder, event.identity.username);
    stored::AccountOpenedBuilder table{builder};
    add_profile(table, event.profile, texts);
    table.add_account(event.account.value());
    table.add_broker(broker);
    table.add_broker_account(broker_account);
    table.add_username(username);
    table.add_role(static_cast<stored::AccountRole>(event.identity.role));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const AccountChanged& event) {
    const ProfileTexts texts = texts_of(builder, event.profile);
    stored::AccountChangedBuilder table{builder};
    add_profile(table, event.profile, texts);
    table.add_account(event.account.value());
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const AccountClosed& event) {
    stored::AccountClosedBuilder table{builder};
    table.add_account(event.account.value());
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const LinkSet& event) {
    stored::LinkSetBuilder table{builder};
    add_ratio(table, event.terms.ratio);
    table.add_master(event.master.value());
    table.add_follower(event.follower.value());
    table.add_strategy(static_cast<stored::CopyStrategy>(event.terms.strategy));
    table.add_active(event.terms.active);
    table.add_round_up_to_min_lot(event.terms.round_up_to_min_lot);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const LinkRemoved& event) {
    stored::LinkRemovedBuilder table{builder};
    table.add_master(event.master.value());
    table.add_follower(event.follower.value());
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const InstrumentDefined& event) {
    const Text token = text(builder, event.instrument.token);
    const Text symbol = text(builder, event.instrument.symbol);
    stored::InstrumentDefinedBuilder table{builder};
    table.add_lot_size(event.rules.lot_size.value());
    table.add_tick_size(event.rules.tick_size.value());
    table.add_freeze_quantity(event.rules.freeze_quantity.value());
    table.add_token(token);
    table.add_symbol(symbol);
    table.add_segment(static_cast<stored::Segment>(event.instrument.segment));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const MasterOrderReported& event) {
    const Text broker_order_id = text(builder, event.broker_order_id);
    const Text token = text(builder, event.instrument.token);
    const Text symbol = text(builder, event.instrument.symbol);
    const Text status = text(builder, event.status);
    const Text channel = text(builder, event.channel);
    stored::MasterOrderReportedBuilder table{builder};
    table.add_version_value(event.version.value);
    add_amounts(table, event.terms);
    table.add_cum_qty(event.cum_qty.value());
    table.add_avg_px(event.avg_px.value());
    table.add_last_qty(event.last_qty.value());
    table.add_last_value(event.last_value.value());
    table.add_account(event.account.value());
    table.add_broker_order_id(broker_order_id);
    table.add_token(token);
    table.add_symbol(symbol);
    table.add_status(status);
    table.add_channel(channel);
    table.add_type(static_cast<stored::MasterEventType>(event.type));
    table.add_version_kind(static_cast<stored::VersionKind>(event.version.kind));
    table.add_segment(static_cast<stored::Segment>(event.instrument.segment));
    add_kinds(table, event.terms);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const ConflictRecorded& event) {
    const Text what = text(builder, event.what);
    const IdWords existing = words_of(event.existing);
    stored::ConflictRecordedBuilder table{builder};
    table.add_existing_lo(existing.lo);
    table.add_existing_hi(existing.hi);
    table.add_content_digest(event.content_digest);
    table.add_what(what);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const FollowerOrderIntended& event) {
    const IdWords master_order = words_of(event.master_order);
    stored::FollowerOrderIntendedBuilder table{builder};
    table.add_master_order_lo(master_order.lo);
    table.add_master_order_hi(master_order.hi);
    add_amounts(table, event.terms);
    add_figures(table, event.figures);
    table.add_master(event.master.value());
    table.add_follower(event.follower.value());
    table.add_slice(event.slice);
    add_kinds(table, event.terms);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const FollowerOrderSkipped& event) {
    const IdWords master_order = words_of(event.master_order);
    stored::FollowerOrderSkippedBuilder table{builder};
    table.add_master_order_lo(master_order.lo);
    table.add_master_order_hi(master_order.hi);
    add_figures(table, event.figures);
    table.add_master(event.master.value());
    table.add_follower(event.follower.value());
    table.add_action(static_cast<stored::IntentKind>(event.action));
    table.add_reason(static_cast<stored::SkipReason>(event.reason));
    return written(table.Finish());
}

// Both kinds carry the same: new terms for an order.
template <class Table, class Kind>
WrittenPayload write_new_terms(Builder& builder, const Kind& event) {
    typename Table::Builder table{builder};
    add_order(table, event.order);
    add_amounts(table, event.terms);
    add_figures(table, event.figures);
    table.add_follower(event.follower.value());
    add_kinds(table, event.terms);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const FollowerModifyIntended& event) {
    return write_new_terms<stored::FollowerModifyIntended>(builder, event);
}

WrittenPayload write(Builder& builder, const UnsentOrderAmended& event) {
    return write_new_terms<stored::UnsentOrderAmended>(builder, event);
}

WrittenPayload write(Builder& builder, const FollowerCancelIntended& event) {
    stored::FollowerCancelIntendedBuilder table{builder};
    add_order(table, event.order);
    table.add_follower(event.follower.value());
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const UnsentOrderWithdrawn& event) {
    stored::UnsentOrderWithdrawnBuilder table{builder};
    add_order(table, event.order);
    table.add_follower(event.follower.value());
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const IntentSuperseded& event) {
    stored::IntentSupersededBuilder table{builder};
    add_order_and_intent(table, event.order, event.intent);
    table.add_follower(event.follower.value());
    table.add_because(static_cast<stored::SupersededBecause>(event.because));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const AttemptStarted& event) {
    stored::AttemptStartedBuilder table{builder};
    add_attempt(table, event.ref);
    table.add_kind(static_cast<stored::IntentKind>(event.kind));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const AttemptAccepted& event) {
    const Text broker_order_id = text(builder, event.broker_order_id);
    stored::AttemptAcceptedBuilder table{builder};
    add_attempt(table, event.ref);
    table.add_broker_order_id(broker_order_id);
    table.add_recovered(event.recovered);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const AttemptRejected& event) {
    const Text code = text(builder, event.code);
    const Text said = text(builder, event.text);
    stored::AttemptRejectedBuilder table{builder};
    add_attempt(table, event.ref);
    table.add_code(code);
    table.add_text(said);
    table.add_retryable(event.retryable);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const AttemptUnknown& event) {
    const Text cause = text(builder, event.cause);
    stored::AttemptUnknownBuilder table{builder};
    add_attempt(table, event.ref);
    table.add_cause(cause);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const AttemptNotPlaced& event) {
    stored::AttemptNotPlacedBuilder table{builder};
    table.add_window_ms(event.window_ms);
    add_attempt(table, event.ref);
    table.add_book_reads(event.book_reads);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const IntentExpired& event) {
    stored::IntentExpiredBuilder table{builder};
    add_order_and_intent(table, event.order, event.intent);
    table.add_age_ms(event.age_ms);
    table.add_follower(event.follower.value());
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const IntentParked& event) {
    const Text why = text(builder, event.why);
    stored::IntentParkedBuilder table{builder};
    add_attempt(table, event.ref);
    table.add_why(why);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const IntentResolved& event) {
    const Text broker_order_id = text(builder, event.broker_order_id);
    const Text why = text(builder, event.why);
    stored::IntentResolvedBuilder table{builder};
    add_attempt(table, event.ref);
    table.add_broker_order_id(broker_order_id);
    table.add_why(why);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const FollowerOrderReported& event) {
    const Text broker_order_id = text(builder, event.broker_order_id);
    const Text said = text(builder, event.text);
    stored::FollowerOrderReportedBuilder table{builder};
    add_order(table, event.order);
    table.add_order_qty(event.order_qty.value());
    table.add_price(event.price.value());
    table.add_trigger(event.trigger.value());
    table.add_cum_qty(event.cum_qty.value());
    table.add_avg_px(event.avg_px.value());
    table.add_last_qty(event.last_qty.value());
    table.add_last_value(event.last_value.value());
    table.add_updated_at_ns(event.updated_at_ns);
    table.add_follower(event.follower.value());
    table.add_broker_order_id(broker_order_id);
    table.add_text(said);
    table.add_status(static_cast<stored::OrdStatus>(event.status));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const AnomalyRecorded& event) {
    const Text broker_order_id = text(builder, event.broker_order_id);
    const Text said = text(builder, event.text);
    stored::AnomalyRecordedBuilder table{builder};
    add_order(table, event.order);
    table.add_account(event.account.value());
    table.add_broker_order_id(broker_order_id);
    table.add_text(said);
    table.add_kind(static_cast<stored::AnomalyKind>(event.kind));
    return written(table.Finish());
}

}  // namespace

WrittenPayload write_payload(Builder& builder, const Payload& payload) {
    return std::visit([&builder](const auto& event) { return write(builder, event); }, payload);
}

}  // namespace ledger::log
