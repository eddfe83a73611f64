#include "ledger/log/record_read.h"
#include "ledger/log/record_read_fields.h"

namespace ledger::log {

void read(const stored::AttemptStarted& in, AttemptStarted& out) {
    read_attempt(in, out.ref);
    out.kind = static_cast<IntentKind>(in.kind());
}

void read(const stored::AttemptAccepted& in, AttemptAccepted& out) {
    read_attempt(in, out.ref);
    out.broker_order_id = text_of(in.broker_order_id());
    out.recovered = in.recovered();
}

void read(const stored::AttemptRejected& in, AttemptRejected& out) {
    read_attempt(in, out.ref);
    out.code = text_of(in.code());
    out.text = text_of(in.text());
    out.retryable = in.retryable();
}

void read(const stored::AttemptUnknown& in, AttemptUnknown& out) {
    read_attempt(in, out.ref);
    out.cause = text_of(in.cause());
}

void read(const stored::AttemptNotPlaced& in, AttemptNotPlaced& out) {
    read_attempt(in, out.ref);
    out.book_reads = in.book_reads();
    out.window_ms = in.window_ms();
}

void read(const stored::IntentExpired& in, IntentExpired& out) {
    out.order = order_of(in);
    out.follower = AccountNumber{in.follower()};
    out.intent = intent_of(in);
    out.age_ms = in.age_ms();
}

void read(const stored::IntentParked& in, IntentParked& out) {
    read_attempt(in, out.ref);
    out.why = text_of(in.why());
}

void read(const stored::IntentResolved& in, IntentResolved& out) {
    read_attempt(in, out.ref);
    out.broker_order_id = text_of(in.broker_order_id());
    out.why = text_of(in.why());
}

}  // namespace ledger::log
