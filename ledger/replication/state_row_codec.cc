#include "ledger/replication/state_row_codec.h"

#include "ledger/replication/state_archive.h"

namespace ledger::replication {

// Found by argument-dependent lookup from within all(), so not in an unnamed namespace.
template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, RiskLimits>

void fields(Archive& archive, T& limits) {
    optional(archive, limits.max_quantity);
    optional(archive, limits.max_order_value);
    optional(archive, limits.max_position_value);
    optional(archive, limits.max_open_orders);
    optional(archive, limits.max_capital);
    optional(archive, limits.max_daily_loss);
    optional(archive, limits.max_orders_per_second);
    optional(archive, limits.price_band_bps);
    optional(archive, limits.max_event_age_ms);
    optional(archive, limits.trading_hours);
    list(archive, limits.allowed_instruments);
    list(archive, limits.allowed_products);
    list(archive, limits.allowed_order_types);
    list(archive, limits.allowed_exchanges);
    fields(archive, limits.on_limit);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Usage>

void fields(Archive& archive, T& usage) {
    all(archive, usage.open_orders, usage.capital, usage.session_day, usage.realised, usage.second,
        usage.orders_in_second);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, RiskDesk>

void fields(Archive& archive, T& desk) {
    all(archive, desk.limits, desk.halted, desk.usage);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, LinkTerms>

void fields(Archive& archive, T& terms) {
    all(archive, terms.strategy, terms.ratio, terms.percentage, terms.fixed_quantity, terms.active,
        terms.round_up_to_min_lot, terms.sides, terms.price_mode, terms.protection_bps);
    list(archive, terms.product_map);
    list(archive, terms.order_type_map);
    all(archive, terms.on_join, terms.on_leave, terms.limits);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Change>

void fields(Archive& archive, T& change) {
    all(archive, change.intent, change.origin, change.kind, change.stage, change.parked,
        change.attempts, change.intended_at_ns, change.terms);
}

namespace {

// ---- rows; what follows from other rows is not among their fields

template <class Archive>
void row_fields(Archive& archive, Field<Archive, Account>& row) {
    all(archive, row.identity.role, row.identity.broker, row.identity.broker_account,
        row.identity.username);
    all(archive, row.profile.name, row.profile.email, row.profile.sealed_credentials,
        row.profile.credential_hint, row.profile.scaling_factor, row.profile.enabled);
    all(archive, row.closed, row.revision, row.erasures, row.erased, row.consent, row.funds.equity,
        row.funds.capital, row.funds.at_ns, row.risk);
}

template <class Archive>
void row_fields(Archive& archive, Field<Archive, Link>& row) {
    all(archive, row.master, row.follower, row.terms, row.removed, row.revision, row.joined_at,
        row.left_at, row.usage);
}

template <class Archive>
void row_fields(Archive& archive, Field<Archive, KnownInstrument>& row) {
    all(archive, row.instrument.segment, row.instrument.token, row.instrument.symbol,
        row.rules.lot_size, row.rules.tick_size, row.rules.freeze_quantity, row.rules.valid_on,
        row.defined, row.revision);
}

template <class Archive>
void row_fields(Archive& archive, Field<Archive, MasterPosition>& row) {
    all(archive, row.master, row.instrument, row.product, row.filled, row.leaves, row.openings,
        row.lost, row.rounds, row.latest_order, row.exited_at);
}

template <class Archive>
void row_fields(Archive& archive, Field<Archive, CopiedPosition>& row) {
    all(archive, row.link, row.instrument, row.product, row.follower_product, row.filled, row.cost,
        row.leaves, row.rounds, row.opened_long, row.opened_short, row.opened_at,
        row.anchor_openings, row.anchor_lost, row.anchor_master, row.anchor_copy, row.close_failed);
}

template <class Archive>
void row_fields(Archive& archive, Field<Archive, MasterOrder>& row) {
    all(archive, row.id, row.account, row.instrument, row.position, row.first_seen, row.session_day,
        row.broker_order_id, row.terms);
    optional(archive, row.terms_rank);
    all(archive, row.version_max, row.cum_qty, row.cum_value, row.new_reports, row.canceled,
        row.rejected, row.opens, row.exited);
    list(archive, row.early_terms);
}

// The orders of one master event lie side by side: what they share is there once.
template <class Archive>
void row_fields(Archive& archive, Field<Archive, FollowerOrder>& row, const FollowerOrder& before) {
    fields(archive, row.id);
    unless_known(archive, row.origin, before.origin);
    all(archive, row.master, row.follower, row.master_order, row.slice, row.purpose, row.position,
        row.session_day, row.status);
    all(archive, row.attempt_open, row.parked, row.cancel_acknowledged, row.attempts, row.reducing,
        row.reference, row.exited_qty, row.terms);
    all(archive, row.cum_qty, row.cum_value);
    difference(archive, row.intended_at_ns, before.intended_at_ns);
    difference(archive, row.updated_at_ns, row.intended_at_ns);
    fields(archive, row.broker_order_id);
    list(archive, row.changes);
}

template <class Row>
void put(ByteWriter& out, const Row& row) {
    Put archive{out};
    row_fields(archive, row);
}

template <class Row>
void take(ByteReader& in, Row& row) {
    Take archive{in};
    row_fields(archive, row);
}

// A row stands after those that it refers to.
void refers_to(ByteReader& in, RowIndex row, RowIndex known) {
    if (row >= known) in.fail();
}

// Row i is account number i + 1; number 0 is none.
void refers_to(ByteReader& in, AccountNumber account, const RowCounts& known) {
    if (account.value() == 0) in.fail();
    if (account.value() > known.accounts) in.fail();
}

}  // namespace

void put_row(ByteWriter& out, const Account& row) {
    put(out, row);
}

void put_row(ByteWriter& out, const Link& row) {
    put(out, row);
}

void put_row(ByteWriter& out, const KnownInstrument& row) {
    put(out, row);
}

void put_row(ByteWriter& out, const MasterPosition& row) {
    put(out, row);
}

void put_row(ByteWriter& out, const CopiedPosition& row) {
    put(out, row);
}

void put_row(ByteWriter& out, const MasterOrder& row) {
    put(out, row);
}

void put_row(ByteWriter& out, const FollowerOrder& row, const FollowerOrder& before) {
    Put archive{out};
    row_fields(archive, row, before);
}

void put_risk(ByteWriter& out, const State& state) {
    Put archive{out};
    all(archive, state.calendar.utc_offset_minutes, state.calendar.session_start_minute,
        state.risk);
}

void take_risk(ByteReader& in, State& state) {
    Take archive{in};
    all(archive, state.calendar.utc_offset_minutes, state.calendar.session_start_minute,
        state.risk);
}

RowCounts counts_of(const State& state) {
    return {.accounts = state.accounts.size(),
            .links = state.links.size(),
            .instruments = state.instruments.size(),
            .master_positions = state.master_positions.size(),
            .copied_positions = state.copied_positions.size(),
            .master_orders = state.master_orders.size(),
            .follower_orders = state.follower_orders.size()};
}

void take_row(ByteReader& in, const RowCounts& known, Account& row) {
    take(in, row);
    row.number = AccountNumber{known.accounts + 1};
}

void take_row(ByteReader& in, const RowCounts& known, Link& row) {
    take(in, row);
    refers_to(in, row.master, known);
    refers_to(in, row.follower, known);
}

void take_row(ByteReader& in, const RowCounts&, KnownInstrument& row) {
    take(in, row);
}

void take_row(ByteReader& in, const RowCounts& known, MasterPosition& row) {
    take(in, row);
    refers_to(in, row.master, known);
    refers_to(in, row.instrument, known.instruments);
}

void take_row(ByteReader& in, const RowCounts& known, CopiedPosition& row) {
    take(in, row);
    refers_to(in, row.link, known.links);
    refers_to(in, row.instrument, known.instruments);
}

void take_row(ByteReader& in, const RowCounts& known, MasterOrder& row) {
    take(in, row);
    refers_to(in, row.account, known);
    refers_to(in, row.instrument, known.instruments);
    refers_to(in, row.position, known.master_positions);
}

void take_row(ByteReader& in, const RowCounts& known, const FollowerOrder& before,
              FollowerOrder& row) {
    Take archive{in};
    row_fields(archive, row, before);
    refers_to(in, row.master, known);
    refers_to(in, row.follower, known);
    refers_to(in, row.master_order, known.master_orders);
    refers_to(in, row.position, known.copied_positions);
}

}  // namespace ledger::replication
