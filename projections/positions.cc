#include "projections/positions.h"

#include <algorithm>

namespace projections {

using ledger::Money;
using ledger::Product;
using ledger::Quantity;

std::size_t PositionKeyHash::operator()(const PositionKey& key) const {
    std::uint64_t bits = key.account.value();
    bits = bits << 32U | key.instrument;
    bits ^= static_cast<std::uint64_t>(key.product) << 61U;
    return bits * 0x9e3779b97f4a7c15U;
}

Position with_fill(Position position, const Fill& fill) {
    const ledger::FillEffect effect =
        ledger::add_fill({.net = position.net(), .cost = position.open_value}, fill);
    position.open_value = effect.position.cost;
    position.realised = position.realised + effect.realised;
    const bool buys = fill.side == ledger::Side::buy;
    Quantity& side_quantity = buys ? position.bought : position.sold;
    Money& side_value = buys ? position.bought_value : position.sold_value;
    side_quantity = side_quantity + fill.quantity;
    side_value = side_value + fill.value;
    return position;
}

void Positions::apply(const ledger::replication::State& state, const ledger::Event& event) {
    if (const auto* report = std::get_if<ledger::FollowerOrderReported>(&event.payload)) {
        if (report->last_qty.value() == 0) return;
        const auto* order = state.follower_order(report->order);
        LEDGER_ASSERT(order != nullptr);
        const auto& master_order = state.master_order_of(*order);
        add({order->follower, master_order.instrument, order->terms.product},
            {order->terms.side, report->last_qty, report->last_value});
    } else if (const auto* master = std::get_if<ledger::MasterOrderReported>(&event.payload)) {
        if (master->last_qty.value() == 0) return;
        const auto* order =
            state.master_orders.find(ledger::replication::master_order_id_of(state, *master));
        LEDGER_ASSERT(order != nullptr);
        // The order's: the report of a fill may name none, and then says the default.
        const Product product = state.master_positions[order->position].product;
        add({master->account, order->instrument, product},
            {master->terms.side, master->last_qty, master->last_value});
    }
}

void Positions::add(const PositionKey& key, const Fill& fill) {
    if (Position* known = rows_.find(key)) {
        *known = with_fill(*known, fill);
        return;
    }
    Position fresh;
    fresh.key = key;
    rows_.add(key, with_fill(fresh, fill));
}

void Positions::serialize(ledger::ByteWriter& out) const {
    out.integer(rows_.size());
    for (const Position& row : rows_) {
        out.integer(row.key.account.value());
        out.integer(row.key.instrument);
        out.enumeration(row.key.product);
        out.integer(row.bought.value());
        out.integer(row.sold.value());
        out.integer(row.bought_value.value());
        out.integer(row.sold_value.value());
        out.integer(row.open_value.value());
        out.integer(row.realised.value());
    }
}

ledger::Result<void> Positions::restore(std::string_view bytes) {
    ledger::ByteReader in{bytes};
    const auto count = in.integer<std::uint32_t>();
    for (std::uint32_t n = 0; n < count && in.ok(); ++n) {
        Position row;
        row.key.account = ledger::AccountNumber{in.integer<std::uint32_t>()};
        row.key.instrument = in.integer<ledger::RowIndex>();
        row.key.product = in.enumeration<ledger::Product>();
        row.bought = Quantity{in.integer<std::int64_t>()};
        row.sold = Quantity{in.integer<std::int64_t>()};
        row.bought_value = Money{in.integer<std::int64_t>()};
        row.sold_value = Money{in.integer<std::int64_t>()};
        row.open_value = Money{in.integer<std::int64_t>()};
        row.realised = Money{in.integer<std::int64_t>()};
        if (rows_.find(row.key) != nullptr) in.fail();
        if (in.ok()) rows_.add(row.key, row);
    }
    if (in.finished()) return boost::outcome_v2::success();
    return ledger::Error{ledger::Errc::corrupt, "the snapshot of positions is damaged", {}};
}

}  // namespace projections
