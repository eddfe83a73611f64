#include "ledger/log/record_write.h"
#include "ledger/log/record_write_fields.h"

namespace ledger::log {

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

}  // namespace ledger::log
