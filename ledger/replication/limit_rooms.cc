// How much of an order the limits of quantity and value let pass.
#include "ledger/base/int128.h"
#include "ledger/replication/limits.h"
#include "ledger/replication/sizing.h"

#include <algorithm>

namespace ledger::replication {

namespace {

// The bound of a rule at a place, and the most units that it lets pass; no bound: no rule here.
struct Room {
    SkipReason rule = SkipReason::none;
    std::int64_t bound = 0;
    std::int64_t units = 0;
    std::int64_t actual = 0;  // what the wanted quantity comes to, in the unit of the bound
    bool values = true;       // needs a reference price
};

std::int64_t worth(const Opening& opening, Quantity quantity) {
    return value_of(opening.reference, quantity).value_or(Money{INT64_MAX}).value();
}

std::int64_t units_for(const Opening& opening, Money budget) {
    const std::int64_t price = opening.reference.value();
    return price <= 0 || budget.value() <= 0 ? 0 : budget.value() / price;
}

using Measure = std::optional<Room> (*)(const Opening&, const Place&, Quantity);

std::optional<Room> quantity_room(const Opening&, const Place& place, Quantity wanted) {
    const auto bound = place.limits->max_quantity;
    if (!bound) return std::nullopt;
    return Room{SkipReason::max_quantity, bound->value(), bound->value(), wanted.value(), false};
}

std::optional<Room> order_value_room(const Opening& opening, const Place& place, Quantity wanted) {
    const auto bound = place.limits->max_order_value;
    if (!bound) return std::nullopt;
    return Room{SkipReason::max_order_value, bound->value(), units_for(opening, *bound),
                worth(opening, wanted)};
}

std::optional<Room> position_value_room(const Opening& opening, const Place& place,
                                        Quantity wanted) {
    const auto bound = place.limits->max_position_value;
    if (!bound) return std::nullopt;
    return Room{SkipReason::max_position_value, bound->value(),
                units_for(opening, *bound) - opening.position.value(),
                worth(opening, opening.position + wanted)};
}

std::optional<Room> capital_room(const Opening& opening, const Place& place, Quantity wanted) {
    const auto bound = place.limits->max_capital;
    if (!bound) return std::nullopt;
    const Money used = place.usage->capital + place.taken.capital - opening.reserved;
    const Quantity rest = std::max(Quantity{}, wanted - opening.filled);
    const Money total = used + Money{worth(opening, rest)};
    return Room{SkipReason::max_capital, bound->value(),
                units_for(opening, *bound - used) + opening.filled.value(), total.value()};
}

constexpr std::array<Measure, 4> measures{quantity_room, order_value_room, position_value_room,
                                          capital_room};

bool caps(OnLimit on_limit, SkipReason rule) {
    if (on_limit == OnLimit::standard) return rule == SkipReason::max_quantity;
    return on_limit == OnLimit::cap;
}

void refuse(const Room& room, RiskScope scope, SkipReason reason, Fit& fit) {
    fit.quantity = {};
    fit.skip = reason;
    fit.limit = LimitFigures{reason, scope, room.bound, room.actual};
}

void fit_into(const Room& room, const Place& place, Quantity lot_size, Fit& fit) {
    if (fit.quantity.value() <= room.units) return;
    const Quantity rest = round_to_lots(Quantity{std::max<std::int64_t>(room.units, 0)}, lot_size);
    if (!caps(place.limits->on_limit, room.rule) || rest.value() == 0) {
        return refuse(room, place.scope, room.rule, fit);
    }
    fit.quantity = rest;
    fit.limit = LimitFigures{room.rule, place.scope, room.bound, room.actual};
}

}  // namespace

Fit fit_to_limits(const Opening& opening, Quantity wanted, Quantity lot_size) {
    const bool priced = opening.reference.value() > 0;
    Fit fit{.quantity = wanted, .limit = std::nullopt};
    for (const Measure measure : measures) {
        for (const Place& place : opening.places) {
            const auto room = measure(opening, place, fit.quantity);
            if (!room) continue;
            if (room->values && !priced) {
                refuse(*room, place.scope, SkipReason::no_reference_price, fit);
            } else {
                fit_into(*room, place, lot_size, fit);
            }
            if (fit.skip != SkipReason::none) return fit;
        }
    }
    return fit;
}

}  // namespace ledger::replication
