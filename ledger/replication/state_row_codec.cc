#include "ledger/replication/state_row_codec.h"

namespace ledger::replication {

namespace {

void put(ByteWriter& out, const EventId& id) {
    out.raw(id.bytes.data(), id.bytes.size());
}

EventId take_id(ByteReader& in) {
    EventId id;
    in.raw(id.bytes.data(), id.bytes.size());
    return id;
}

template <class Strong>
Strong take_strong(ByteReader& in) {
    return Strong{in.integer<typename Strong::rep>()};
}

bool take_flag(ByteReader& in) {
    return in.integer<std::uint8_t>() != 0;
}

void put_flag(ByteWriter& out, bool flag) {
    out.integer(static_cast<std::uint8_t>(flag));
}

void put(ByteWriter& out, const Ratio& ratio) {
    out.integer(ratio.numerator);
    out.integer(ratio.denominator);
}

Ratio take_ratio(ByteReader& in) {
    const auto numerator = in.integer<std::int64_t>();
    return {.numerator = numerator, .denominator = in.integer<std::int64_t>()};
}

void put(ByteWriter& out, const OrderTerms& terms) {
    out.enumeration(terms.side);
    out.enumeration(terms.type);
    out.enumeration(terms.product);
    out.enumeration(terms.time_in_force);
    out.integer(terms.quantity.value());
    out.integer(terms.price.value());
    out.integer(terms.trigger.value());
}

OrderTerms take_terms(ByteReader& in) {
    OrderTerms terms;
    terms.side = in.enumeration<Side>();
    terms.type = in.enumeration<OrderType>();
    terms.product = in.enumeration<Product>();
    terms.time_in_force = in.enumeration<TimeInForce>();
    terms.quantity = take_strong<Quantity>(in);
    terms.price = take_strong<Price>(in);
    terms.trigger = take_strong<Price>(in);
    return terms;
}

void put(ByteWriter& out, const Change& change) {
    put(out, change.intent);
    put(out, change.origin);
    out.enumeration(change.kind);
    out.enumeration(change.stage);
    put_flag(out, change.parked);
    out.integer(change.attempts);
    out.integer(change.intended_at_ns);
    put(out, change.terms);
}

Change take_change(ByteReader& in) {
    Change change;
    change.intent = take_id(in);
    change.origin = take_id(in);
    change.kind = in.enumeration<IntentKind>();
    change.stage = in.enumeration<Change::Stage>();
    change.parked = take_flag(in);
    change.attempts = in.integer<std::uint32_t>();
    change.intended_at_ns = in.integer<std::int64_t>();
    change.terms = take_terms(in);
    return change;
}

}  // namespace

void put_row(ByteWriter& out, const Account& row) {
    out.enumeration(row.identity.role);
    out.text(row.identity.broker);
    out.text(row.identity.broker_account);
    out.text(row.identity.username);
    out.text(row.profile.name);
    out.text(row.profile.email);
    out.text(row.profile.sealed_credentials);
    out.text(row.profile.credential_hint);
    put(out, row.profile.scaling_factor);
    put_flag(out, row.profile.enabled);
    put_flag(out, row.closed);
    out.integer(row.revision);
}

void take_account(ByteReader& in, State& state) {
    Account row;
    row.number = AccountNumber{state.accounts.size() + 1};
    row.identity.role = in.enumeration<AccountRole>();
    row.identity.broker = in.text();
    row.identity.broker_account = in.text();
    row.identity.username = in.text();
    row.profile.name = in.text();
    row.profile.email = in.text();
    row.profile.sealed_credentials = in.text();
    row.profile.credential_hint = in.text();
    row.profile.scaling_factor = take_ratio(in);
    row.profile.enabled = take_flag(in);
    row.closed = take_flag(in);
    row.revision = in.integer<std::uint32_t>();
    const BrokerAccountKey key{row.identity.role, row.identity.broker, row.identity.broker_account};
    state.accounts.add(key, std::move(row));
}

void put_row(ByteWriter& out, const Link& row) {
    out.integer(row.master.value());
    out.integer(row.follower.value());
    out.enumeration(row.terms.strategy);
    put(out, row.terms.ratio);
    put_flag(out, row.terms.active);
    put_flag(out, row.terms.round_up_to_min_lot);
    put_flag(out, row.removed);
    out.integer(row.revision);
}

void take_link(ByteReader& in, State& state) {
    Link row;
    row.master = take_strong<AccountNumber>(in);
    row.follower = take_strong<AccountNumber>(in);
    row.terms.strategy = in.enumeration<CopyStrategy>();
    row.terms.ratio = take_ratio(in);
    row.terms.active = take_flag(in);
    row.terms.round_up_to_min_lot = take_flag(in);
    row.removed = take_flag(in);
    row.revision = in.integer<std::uint32_t>();
    state.links.add({row.master, row.follower}, row);
}

void put_row(ByteWriter& out, const KnownInstrument& row) {
    out.enumeration(row.instrument.segment);
    out.text(row.instrument.token);
    out.text(row.instrument.symbol);
    out.integer(row.rules.lot_size.value());
    out.integer(row.rules.tick_size.value());
    out.integer(row.rules.freeze_quantity.value());
    put_flag(out, row.defined);
    out.integer(row.revision);
}

void take_instrument(ByteReader& in, State& state) {
    KnownInstrument row;
    row.instrument.segment = in.enumeration<Segment>();
    row.instrument.token = in.text();
    row.instrument.symbol = in.text();
    row.rules.lot_size = take_strong<Quantity>(in);
    row.rules.tick_size = take_strong<Price>(in);
    row.rules.freeze_quantity = take_strong<Quantity>(in);
    row.defined = take_flag(in);
    row.revision = in.integer<std::uint32_t>();
    state.instruments.add({row.instrument.segment, row.instrument.token}, row);
}

void put_row(ByteWriter& out, const MasterOrder& row) {
    put(out, row.id);
    out.integer(row.account.value());
    out.integer(row.instrument);
    out.text(row.broker_order_id);
    put(out, row.terms);
    put_flag(out, row.terms_rank.has_value());
    out.integer(row.terms_rank.value_or(TermsRank{}).version);
    out.enumeration(row.terms_rank.value_or(TermsRank{}).type);
    out.integer(row.version_max);
    out.integer(row.quantity_least.value());
    out.integer(row.quantity_most.value());
    out.integer(row.cum_qty.value());
    out.integer(row.cum_value.value());
    out.integer(row.new_reports);
    put_flag(out, row.canceled);
    put_flag(out, row.rejected);
}

void take_master_order(ByteReader& in, State& state) {
    MasterOrder row;
    row.id = take_id(in);
    row.account = take_strong<AccountNumber>(in);
    row.instrument = in.integer<RowIndex>();
    row.broker_order_id = in.text();
    row.terms = take_terms(in);
    const bool ranked = take_flag(in);
    const auto version = in.integer<std::uint64_t>();
    const TermsRank rank{version, in.enumeration<MasterEventType>()};
    if (ranked) row.terms_rank = rank;
    row.version_max = in.integer<std::uint64_t>();
    row.quantity_least = take_strong<Quantity>(in);
    row.quantity_most = take_strong<Quantity>(in);
    row.cum_qty = take_strong<Quantity>(in);
    row.cum_value = take_strong<Money>(in);
    row.new_reports = in.integer<std::uint32_t>();
    row.canceled = take_flag(in);
    row.rejected = take_flag(in);
    const EventId id = row.id;
    state.master_orders.add(id, std::move(row));
}

void put_row(ByteWriter& out, const FollowerOrder& row) {
    put(out, row.id);
    put(out, row.origin);
    out.integer(row.master.value());
    out.integer(row.follower.value());
    out.integer(row.master_order);
    out.integer(row.slice);
    out.enumeration(row.status);
    put_flag(out, row.attempt_open);
    put_flag(out, row.parked);
    put_flag(out, row.cancel_acknowledged);
    out.integer(row.attempts);
    put(out, row.terms);
    out.integer(row.cum_qty.value());
    out.integer(row.cum_value.value());
    out.integer(row.intended_at_ns);
    out.integer(row.updated_at_ns);
    out.text(row.broker_order_id);
    out.integer(static_cast<std::uint32_t>(row.changes.size()));
    for (const Change& change : row.changes) put(out, change);
}

void take_follower_order(ByteReader& in, State& state) {
    FollowerOrder row;
    row.id = take_id(in);
    row.origin = take_id(in);
    row.master = take_strong<AccountNumber>(in);
    row.follower = take_strong<AccountNumber>(in);
    row.master_order = in.integer<RowIndex>();
    row.slice = in.integer<std::uint32_t>();
    row.status = in.enumeration<OrdStatus>();
    row.attempt_open = take_flag(in);
    row.parked = take_flag(in);
    row.cancel_acknowledged = take_flag(in);
    row.attempts = in.integer<std::uint32_t>();
    row.terms = take_terms(in);
    row.cum_qty = take_strong<Quantity>(in);
    row.cum_value = take_strong<Money>(in);
    row.intended_at_ns = in.integer<std::int64_t>();
    row.updated_at_ns = in.integer<std::int64_t>();
    row.broker_order_id = in.text();
    const auto changes = in.integer<std::uint32_t>();
    for (std::uint32_t n = 0; n < changes && in.ok(); ++n) row.changes.push_back(take_change(in));
    if (!in.ok()) return;
    const EventId id = row.id;
    state.follower_orders.add(cl_ord_id_of(id), std::move(row));
}

}  // namespace ledger::replication
