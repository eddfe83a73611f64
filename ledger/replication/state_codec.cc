#include "ledger/replication/state_codec.h"

#include "ledger/replication/order_blocks.h"
#include "ledger/replication/order_status.h"
#include "ledger/replication/state_row_codec.h"

#include <algorithm>
#include <string>
#include <utility>

namespace ledger::replication {

namespace {

template <class Rows>
void put_rows(ByteWriter& out, const Rows& rows) {
    out.integer(rows.size());
    for (const auto& row : rows) put_row(out, row);
}

void put_orders(ByteWriter& out, const State& state, OrderTable table) {
    const OrderBlocks blocks{state, table};
    out.integer(blocks.rows());
    for (std::size_t block = 0; block < blocks.count(); ++block) blocks.put_rows(block, out);
}

// serialize() wrote no key twice.
template <class Rows, class Key, class Row>
void add_row(ByteReader& in, Rows& rows, const Key& key, Row row) {
    if (in.ok() && rows.try_add(key, std::move(row)) == nullptr) in.fail();
}

BrokerAccountKey key_of(const Account& row) {
    return {row.identity.role, row.identity.broker, row.identity.broker_account};
}

LinkKey key_of(const Link& row) {
    return {row.master, row.follower};
}

InstrumentKey key_of(const KnownInstrument& row) {
    return {row.instrument.segment, row.instrument.token};
}

MasterPositionKey key_of(const MasterPosition& row) {
    return {row.master, row.instrument, row.product};
}

CopiedPositionKey key_of(const CopiedPosition& row) {
    return {row.link, row.instrument, row.product};
}

EventId key_of(const MasterOrder& row) {
    return row.id;
}

template <class Key, class Row>
void take_rows(ByteReader& in, const State& state, Table<Key, Row, KeyHash>& rows) {
    const auto count = in.integer<std::uint32_t>();
    for (std::uint32_t n = 0; n < count && in.ok(); ++n) {
        Row row;
        take_row(in, counts_of(state), row);
        const Key key = key_of(row);
        add_row(in, rows, key, std::move(row));
    }
}

// Positions are written before the orders that they refer to.
bool positions_have_orders(const State& state) {
    return std::ranges::all_of(state.master_positions, [&](const MasterPosition& position) {
        return position.latest_order < state.master_orders.size();
    });
}

// Indexes that follow from the rows are not stored.
void relink_accounts(State& state) {
    for (RowIndex index = 0; index < state.links.size(); ++index) {
        auto& links = state.account(state.links[index].master)->links;
        const auto follower_of = [&](RowIndex i) { return state.links[i].follower; };
        links.insert(std::ranges::upper_bound(links, follower_of(index), {}, follower_of), index);
        state.account(state.links[index].follower)->links.push_back(index);
    }
}

void relink_order(State& state, RowIndex index) {
    const FollowerOrder& order = state.follower_orders[index];
    MasterOrder& master_order = state.master_orders[order.master_order];
    const bool copies = order.purpose == OrderPurpose::copy;
    (copies ? master_order.copies : master_order.others).push_back(index);
    if (!is_terminal(order.status)) {
        state.copied_positions[order.position].live.push_back(index);
    }
}

// As many as the bytes can hold: their count is not to be trusted with memory.
void take_orders(ByteReader& in, State& state) {
    constexpr std::size_t row_bytes_min = sizeof(EventId);
    const RowCounts known = counts_of(state);
    const auto count = in.integer<std::uint32_t>();
    auto& rows = state.follower_orders;
    rows.reserve(std::min<std::size_t>(count, in.remaining() / row_bytes_min));
    const FollowerOrder none{};
    const FollowerOrder* before = &none;
    for (std::uint32_t n = 0; n < count && in.ok(); ++n) {
        FollowerOrder row;
        take_row(in, known, *before, row);
        const ClOrdId key = cl_ord_id_of(row.id);
        add_row(in, rows, key, std::move(row));
        if (!in.ok()) return;
        relink_order(state, n);
        before = &rows[n];
    }
}

}  // namespace

std::string_view to_text(Section section) {
    switch (section) {
        case Section::risk:
            return "risk";
        case Section::accounts:
            return "accounts";
        case Section::links:
            return "links";
        case Section::instruments:
            return "instruments";
        case Section::master_positions:
            return "master_positions";
        case Section::order_map:
            return "order_map";
        case Section::copied_positions:
            return "copied_positions";
        case Section::orders:
            return "orders";
    }
    return "?";
}

void serialize(const State& state, Section section, ByteWriter& out) {
    switch (section) {
        case Section::risk:
            return put_risk(out, state);
        case Section::accounts:
            return put_rows(out, state.accounts);
        case Section::links:
            return put_rows(out, state.links);
        case Section::instruments:
            return put_rows(out, state.instruments);
        case Section::master_positions:
            return put_rows(out, state.master_positions);
        case Section::order_map:
            return put_orders(out, state, OrderTable::master_orders);
        case Section::copied_positions:
            return put_rows(out, state.copied_positions);
        case Section::orders:
            return put_orders(out, state, OrderTable::follower_orders);
    }
}

Result<void> restore(State& state, Section section, std::string_view bytes) {
    ByteReader in{bytes};
    switch (section) {
        case Section::risk:
            take_risk(in, state);
            break;
        case Section::accounts:
            take_rows(in, state, state.accounts);
            break;
        case Section::links:
            take_rows(in, state, state.links);
            break;
        case Section::instruments:
            take_rows(in, state, state.instruments);
            break;
        case Section::master_positions:
            take_rows(in, state, state.master_positions);
            break;
        case Section::order_map:
            take_rows(in, state, state.master_orders);
            if (!positions_have_orders(state)) in.fail();
            break;
        case Section::copied_positions:
            take_rows(in, state, state.copied_positions);
            break;
        case Section::orders:
            take_orders(in, state);
            break;
    }
    if (!in.finished()) {
        return Error{
            Errc::corrupt, "the snapshot of " + std::string{to_text(section)} + " is damaged", {}};
    }
    if (section == Section::links) relink_accounts(state);
    return boost::outcome_v2::success();
}

}  // namespace ledger::replication
