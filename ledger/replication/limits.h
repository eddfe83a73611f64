// May an order that opens a position be sent, and how much of it? Orders that reduce are never
// asked (I9). The order of the rules is the order of the tables in limits.cc; each rule is asked of
// the link, the follower, the master and the whole ledger, in this order.
#pragma once

#include "ledger/model/event.h"
#include "ledger/replication/marks.h"
#include "ledger/replication/policy.h"
#include "ledger/replication/state.h"

#include <array>
#include <cstdint>
#include <optional>

namespace ledger::replication {

// What a decision has given away so far; its events are not in the state yet.
struct Taken {
    std::uint32_t orders = 0;
    Money capital;

    friend constexpr Taken operator+(const Taken& a, const Taken& b) {
        return {.orders = a.orders + b.orders, .capital = a.capital + b.capital};
    }
};

// Where limits stand, and what is taken up there.
struct Place {
    RiskScope scope = RiskScope::link;
    const RiskLimits* limits = nullptr;
    const Usage* usage = nullptr;
    Taken taken{};
};

// In the order in which they are asked.
using Places = std::array<Place, 4>;

// What the limits see of an order that opens.
struct Opening {
    const State& state;
    const Policy& policy;
    const Link& link;
    const Account& master;
    const Account& follower;
    const Instrument& instrument;
    const OrderTerms& terms;  // as the follower would send it, but for the quantity
    Price reference;          // what a unit is worth; 0: nobody knows
    const LastPrice* mark = nullptr;
    std::int64_t occurred_at_ns = 0;
    std::int64_t now_ns = 0;
    Quantity position;    // held or expected in the same direction, without sign, beside this order
    Money reserved{};     // of used capital: what this order's leaves take up already
    Quantity filled{};    // of what this order opens
    bool placed = false;  // it is at the broker, or waits to be sent
    Places places{};
};

// Why the order may not be sent whatever its size, if so: accounts, consent, kill switch, side,
// lists, age, hours, band, loss.
[[nodiscard]] std::optional<LimitFigures> refusal(const Opening& opening);

struct Fit {
    Quantity quantity;                  // as much as the limits let pass; a multiple of the lot
    std::optional<LimitFigures> limit;  // the last that cut it, or that refused it
    SkipReason skip = SkipReason::none;
};

// max_quantity, max_order_value, max_position_value, max_capital. Requires whole lots.
[[nodiscard]] Fit fit_to_limits(const Opening& opening, Quantity wanted, Quantity lot_size);

// max_open_orders, orders per second: for so many new orders.
[[nodiscard]] std::optional<LimitFigures> refusal_of_count(const Opening& opening,
                                                           std::uint32_t orders);

// It is the terms that are refused, and not what the moment allows: a version of an order for which
// this holds ends the copy, whenever it comes (I7). A copy must not work on in terms that its
// master has left for such as it may not have.
[[nodiscard]] bool ends_copy(SkipReason reason);

}  // namespace ledger::replication
