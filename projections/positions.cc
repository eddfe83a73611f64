#include "projections/positions.h"

#include <algorithm>
#include <utility>

namespace projections {

using ledger::Money;
using ledger::Quantity;

namespace {

// The part of `value` that falls to `part` of `whole`. Requires whole > 0.
Money share(Money value, Quantity part, Quantity whole) {
    const auto scaled = ledger::mul_div_floor(value.value(), part.value(), whole.value());
    LEDGER_ASSERT(scaled.has_value());  // a share is no more than the whole
    return Money{*scaled};
}

Quantity magnitude(Quantity quantity) {
    return quantity.value() < 0 ? Quantity{-quantity.value()} : quantity;
}

}  // namespace

std::size_t PositionKeyHash::operator()(const PositionKey& key) const {
    std::uint64_t bits = key.account.value();
    bits = bits << 32U | key.instrument;
    bits ^= static_cast<std::uint64_t>(key.product) << 61U;
    return bits * 0x9e3779b97f4a7c15U;
}

Position with_fill(Position position, const Fill& fill) {
    const bool buys = fill.side == ledger::Side::buy;
    const Quantity net = position.net();
    const bool reduces = buys ? net.value() < 0 : net.value() > 0;
    const Quantity open = magnitude(net);
    const Quantity closing = reduces ? std::min(open, fill.quantity) : Quantity{};

    Money opening_value = fill.value;
    if (closing.value() > 0) {
        const Money closing_value = share(fill.value, closing, fill.quantity);
        const Money cost = share(position.open_value, closing, open);
        position.realised =
            position.realised + (buys ? cost - closing_value : closing_value - cost);
        position.open_value = position.open_value - cost;
        opening_value = fill.value - closing_value;
    }
    if (fill.quantity > closing) position.open_value = position.open_value + opening_value;

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
        add({master->account, order->instrument, master->terms.product},
            {master->terms.side, master->last_qty, master->last_value});
    }
}

void Positions::add(const PositionKey& key, const Fill& fill) {
    if (Position* known = rows_.find(key)) {
        *known = with_fill(std::move(*known), fill);
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
        if (in.ok()) rows_.add(row.key, row);
    }
    if (in.finished()) return boost::outcome_v2::success();
    return ledger::Error{ledger::Errc::corrupt, "the snapshot of positions is damaged", {}};
}

}  // namespace projections
