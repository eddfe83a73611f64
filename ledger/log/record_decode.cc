#include "ledger/log/record_payload.h"
#include "ledger/log/record_read_fields.h"
#include "schemas/events_generated.h"

#include <array>
#include <cstddef>

namespace ledger::log {
namespace {

void read(const stored::AccountOpened& in, AccountOpened& out) {
    out.account = AccountNumber{in.account()};
    out.identity.role = static_cast<AccountRole>(in.role());
    out.identity.broker = text_of(in.broker());
    out.identity.broker_account = text_of(in.broker_account());
    out.identity.username = text_of(in.username());
    read_profile(in, out.profile);
}

void read(const stored::AccountChanged& in, AccountChanged& out) {
    out.account = AccountNumber{in.account()};
    read_profile(in, out.profile);
}

void read(const stored::AccountClosed& in, AccountClosed& out) {
    out.account = AccountNumber{in.account()};
}

void read(const stored::LinkSet& in, LinkSet& out) {
    out.master = AccountNumber{in.master()};
    out.follower = AccountNumber{in.follower()};
    out.terms.strategy = static_cast<CopyStrategy>(in.strategy());
    out.terms.ratio = ratio_of(in);
    out.terms.active = in.active();
    out.terms.round_up_to_min_lot = in.round_up_to_min_lot();
}

void read(const stored::LinkRemoved& in, LinkRemoved& out) {
    out.master = AccountNumber{in.master()};
    out.follower = AccountNumber{in.follower()};
}

void read(const stored::InstrumentDefined& in, InstrumentDefined& out) {
    read_instrument(in, out.instrument);
    out.rules.lot_size = Quantity{in.lot_size()};
    out.rules.tick_size = Price{in.tick_size()};
    out.rules.freeze_quantity = Quantity{in.freeze_quantity()};
}

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
    out.master_order = id_of(in.master_order_hi(), in.master_order_lo());
    out.master = AccountNumber{in.master()};
    out.follower = AccountNumber{in.follower()};
    out.slice = in.slice();
    out.terms = terms_of(in);
    out.figures = figures_of(in);
}

void read(const stored::FollowerOrderSkipped& in, FollowerOrderSkipped& out) {
    out.master_order = id_of(in.master_order_hi(), in.master_order_lo());
    out.master = AccountNumber{in.master()};
    out.follower = AccountNumber{in.follower()};
    out.action = static_cast<IntentKind>(in.action());
    out.reason = static_cast<SkipReason>(in.reason());
    out.figures = figures_of(in);
}

template <class Table, class Kind>
void read_new_terms(const Table& in, Kind& out) {
    out.order = order_of(in);
    out.follower = AccountNumber{in.follower()};
    out.terms = terms_of(in);
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
}

void read(const stored::UnsentOrderWithdrawn& in, UnsentOrderWithdrawn& out) {
    out.order = order_of(in);
    out.follower = AccountNumber{in.follower()};
}

void read(const stored::IntentSuperseded& in, IntentSuperseded& out) {
    out.order = order_of(in);
    out.follower = AccountNumber{in.follower()};
    out.intent = intent_of(in);
    out.because = static_cast<SupersededBecause>(in.because());
}

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

struct Reader {
    stored::Payload type = stored::Payload::NONE;
    void (*read)(const void* table, Payload& payload) = nullptr;
};

template <class Table, class Kind>
constexpr Reader reader() {
    return {stored::PayloadTraits<Table>::enum_value, [](const void* table, Payload& payload) {
                log::read(*static_cast<const Table*>(table), payload.emplace<Kind>());
            }};
}

// In the order of the union, whose first member has the number 1.
constexpr std::array readers{
    reader<stored::AccountOpened, AccountOpened>(),
    reader<stored::AccountChanged, AccountChanged>(),
    reader<stored::AccountClosed, AccountClosed>(),
    reader<stored::LinkSet, LinkSet>(),
    reader<stored::LinkRemoved, LinkRemoved>(),
    reader<stored::InstrumentDefined, InstrumentDefined>(),
    reader<stored::MasterOrderReported, MasterOrderReported>(),
    reader<stored::ConflictRecorded, ConflictRecorded>(),
    reader<stored::FollowerOrderIntended, FollowerOrderIntended>(),
    reader<stored::FollowerOrderSkipped, FollowerOrderSkipped>(),
    reader<stored::FollowerModifyIntended, FollowerModifyIntended>(),
    reader<stored::FollowerCancelIntended, FollowerCancelIntended>(),
    reader<stored::UnsentOrderAmended, UnsentOrderAmended>(),
    reader<stored::UnsentOrderWithdrawn, UnsentOrderWithdrawn>(),
    reader<stored::IntentSuperseded, IntentSuperseded>(),
    reader<stored::AttemptStarted, AttemptStarted>(),
    reader<stored::AttemptAccepted, AttemptAccepted>(),
    reader<stored::AttemptRejected, AttemptRejected>(),
    reader<stored::AttemptUnknown, AttemptUnknown>(),
    reader<stored::AttemptNotPlaced, AttemptNotPlaced>(),
    reader<stored::IntentExpired, IntentExpired>(),
    reader<stored::IntentParked, IntentParked>(),
    reader<stored::IntentResolved, IntentResolved>(),
    reader<stored::FollowerOrderReported, FollowerOrderReported>(),
    reader<stored::AnomalyRecorded, AnomalyRecorded>(),
};

constexpr bool in_union_order() {
    for (std::size_t i = 0; i < readers.size(); ++i) {
        if (static_cast<std::size_t>(readers[i].type) != i + 1) return false;
    }
    return readers.size() == static_cast<std::size_t>(stored::Payload::MAX);
}

static_assert(in_union_order(), "a kind has no reader");

}  // namespace

bool read_payload(std::uint8_t type, const void* table, Payload& payload) {
    if (type == 0 || type > readers.size()) return false;
    readers[type - 1U].read(table, payload);
    return true;
}

}  // namespace ledger::log
