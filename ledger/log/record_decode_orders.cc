#include "ledger/log/record_read.h"
#include "ledger/log/record_read_fields.h"

namespace ledger::log {
namespace {

template <class Table, class Kind>
void read_new_terms(const Table& in, Kind& out) {
    out.order = order_of(in);
    out.follower = AccountNumber{in.follower()};
    out.terms = terms_of(in);
    out.figures = figures_of(in);
}

}  // namespace

void read(const stored::MasterOrderReported& in, MasterOrderReported& out) {
    out.account = AccountNumber{in.account()};
    out.broker_order_id = text_of(in.broker_order_id());
    out.type = static_cast<MasterEventType>(in.type());
    out.version.kind = static_cast<SourceVersion::Kind>(in.version_kind());
    out.version.value = in.version_value();
    read_instrument(in, out.instrument);
    out.terms = terms_of(in);
    out.cum_qty = Quantity{in.cum_qty()};
    out.avg_px = Price{in.avg_px()};
    out.last_qty = Quantity{in.last_qty()};
    out.last_value = Money{in.last_value()};
    out.status = text_of(in.status());
    out.channel = text_of(in.channel());
}

void read(const stored::ConflictRecorded& in, ConflictRecorded& out) {
    out.existing = id_of(in.existing_hi(), in.existing_lo());
    out.content_digest = in.content_digest();
    out.what = text_of(in.what());
}

void read(const stored::FollowerOrderIntended& in, FollowerOrderIntended& out) {
    out.master_order = master_order_of(in);
    out.master = AccountNumber{in.master()};
    out.follower = AccountNumber{in.follower()};
    out.slice = in.slice();
    out.terms = terms_of(in);
    out.figures = figures_of(in);
    out.purpose = static_cast<OrderPurpose>(in.purpose());
    read_instrument(in, out.instrument);
}

void read(const stored::FollowerOrderSkipped& in, FollowerOrderSkipped& out) {
    out.master_order = master_order_of(in);
    out.master = AccountNumber{in.master()};
    out.follower = AccountNumber{in.follower()};
    out.action = static_cast<IntentKind>(in.action());
    out.reason = static_cast<SkipReason>(in.reason());
    out.figures = figures_of(in);
}

void read(const stored::FollowerModifyIntended& in, FollowerModifyIntended& out) {
    read_new_terms(in, out);
}

void read(const stored::UnsentOrderAmended& in, UnsentOrderAmended& out) {
    read_new_terms(in, out);
}

void read(const stored::FollowerCancelIntended& in, FollowerCancelIntended& out) {
    out.order = order_of(in);
    out.follower = AccountNumber{in.follower()};
    out.because = static_cast<SkipReason>(in.because());
}

void read(const stored::UnsentOrderWithdrawn& in, UnsentOrderWithdrawn& out) {
    out.order = order_of(in);
    out.follower = AccountNumber{in.follower()};
    out.because = static_cast<SkipReason>(in.because());
}

void read(const stored::IntentSuperseded& in, IntentSuperseded& out) {
    out.order = order_of(in);
    out.follower = AccountNumber{in.follower()};
    out.intent = intent_of(in);
    out.because = static_cast<SupersededBecause>(in.because());
}

void read(const stored::FollowerOrderReported& in, FollowerOrderReported& out) {
    out.order = order_of(in);
    out.follower = AccountNumber{in.follower()};
    out.broker_order_id = text_of(in.broker_order_id());
    out.status = static_cast<OrdStatus>(in.status());
    out.order_qty = Quantity{in.order_qty()};
    out.price = Price{in.price()};
    out.trigger = Price{in.trigger()};
    out.cum_qty = Quantity{in.cum_qty()};
    out.avg_px = Price{in.avg_px()};
    out.last_qty = Quantity{in.last_qty()};
    out.last_value = Money{in.last_value()};
    out.updated_at_ns = in.updated_at_ns();
    out.text = text_of(in.text());
}

void read(const stored::AnomalyRecorded& in, AnomalyRecorded& out) {
    out.kind = static_cast<AnomalyKind>(in.kind());
    out.account = AccountNumber{in.account()};
    out.order = order_of(in);
    out.broker_order_id = text_of(in.broker_order_id());
    out.text = text_of(in.text());
}

}  // namespace ledger::log
