#include "tests/replication/random_desk.h"

#include "ledger/replication/exposure.h"
#include "ledger/replication/order_status.h"

#include <array>

namespace ledger::replication::test {

namespace {

constexpr AccountNumber first_master{1};
constexpr AccountNumber second_master{2};
constexpr std::uint32_t accounts_of_desk = 6;

MasterSays says_of(const State& state, const MasterOrder& order) {
    MasterSays says;
    says.order = order.broker_order_id;
    says.side = order.terms.side;
    says.quantity = order.terms.quantity.value();
    says.price = order.terms.price.value();
    says.filled = order.cum_qty.value();
    says.average = rupee;
    says.master = order.account;
    says.token = state.instrument_of(order).token;
    return says;
}

Answer master_places(Desk& desk, const Step& step) {
    MasterSays says;
    says.order = "O-" + std::to_string(desk.state().master_orders.size());
    says.master = step[1] % 4 == 0 ? second_master : first_master;
    says.side = step[1] / 4 % 2 == 0 ? Side::buy : Side::sell;
    says.quantity = 1 + step[2];
    says.price = step[1] / 8 % 2 == 0 ? 0 : 90 * rupee + step[1] / 16 * rupee;
    return desk.reports_new(says);
}

Answer master_order_goes_on(Desk& desk, const Step& step) {
    const auto& orders = desk.state().master_orders;
    if (orders.size() == 0) return {};
    const MasterOrder& order = orders[step[1] % orders.size()];
    MasterSays says = says_of(desk.state(), order);
    if (order.dead() || order.cum_qty >= order.terms.quantity) return {};
    switch (step[0] % 4) {
        case 0:
            says.quantity = says.filled + 1 + step[2];
            return desk.reports_modify(says);
        case 1:
            return desk.reports_cancel(says);
        case 2:
            says.filled = says.quantity;
            return desk.reports_fill(says);
        default:
            says.filled += (says.quantity - says.filled + 1) / 2;
            return desk.reports_fill(says);
    }
}

Answer broker_tells(Desk& desk, const Aim& aim, const Step& step) {
    const FollowerOrder& order = desk.row(aim);
    const std::int64_t leaves = (order.terms.quantity - order.cum_qty).value();
    BookSays book{.status = OrdStatus::canceled,
                  .filled = order.cum_qty.value(),
                  .average = (95 + step[2] % 10) * rupee,
                  .id = order.broker_order_id};
    if (leaves > 0 && step[2] % 8 != 0) {
        book.status = OrdStatus::partially_filled;
        book.filled += step[2] % 2 == 0 ? leaves : (leaves + 1) / 2;
    }
    return desk.book_says(aim, book);
}

Answer follower_order_goes_on(Desk& desk, const Step& step) {
    const auto& orders = desk.state().follower_orders;
    if (orders.size() == 0) return {};
    const FollowerOrder& order = orders[step[1] % orders.size()];
    const Aim placing{order.id, order.id};
    const std::string broker_order_id = "B-" + to_text(order.id);
    if (order.unsent()) {
        desk.starts(placing);
        if (step[2] % 16 == 1) return desk.rejected(placing);
        if (step[2] % 16 == 2) return desk.rejected(placing, true);
        return step[2] % 16 == 3 ? Answer{} : desk.accepted(placing, broker_order_id);
    }
    if (order.status == OrdStatus::pending_new) return desk.accepted(placing, broker_order_id);
    if (!order.changes.empty() && step[2] % 4 != 0) {
        const Aim change = desk.first_change(placing);
        desk.starts(change);
        return step[2] % 4 == 1 ? desk.rejected(change) : desk.accepted(change, broker_order_id);
    }
    if (order.broker_order_id.empty()) return {};
    return broker_tells(desk, placing, step);
}

RiskLimits any_limits(const Step& step) {
    RiskLimits limits;
    const std::int64_t amount = 1 + step[2];
    switch (step[0] / 16 % 8) {
        case 0:
            limits.max_quantity = Quantity{amount};
            break;
        case 1:
            limits.max_order_value = Money{amount * 100 * rupee};
            break;
        case 2:
            limits.max_position_value = Money{amount * 100 * rupee};
            break;
        case 3:
            limits.max_open_orders = static_cast<std::uint32_t>(step[2] % 4);
            break;
        case 4:
            limits.max_capital = Money{amount * 200 * rupee};
            break;
        case 5:
            limits.max_daily_loss = Money{amount * rupee};
            break;
        case 6:
            limits.max_orders_per_second = static_cast<std::uint32_t>(1 + step[2] % 4);
            break;
        default:
            break;
    }
    limits.on_limit = static_cast<OnLimit>(step[1] % 3);
    return limits;
}

Answer limits_change(Desk& desk, const Step& step) {
    const AccountNumber place{step[1] % (accounts_of_desk + 1)};
    if (step[2] % 2 == 0) return desk.limits(place, any_limits(step));
    const auto& links = desk.state().links;
    const Link& link = links[step[1] % links.size()];
    return desk.limits_link(link.master, link.follower, any_limits(step));
}

Answer operator_acts(Desk& desk, const Step& step) {
    const AccountNumber place{step[1] % (accounts_of_desk + 1)};
    switch (step[2] % 8) {
        case 0:
            return desk.halts(place);
        case 1:
        case 2:
            return desk.resumes(place);
        case 3: {
            const auto& orders = desk.state().master_orders;
            if (orders.size() == 0) return {};
            const MasterOrder& order = orders[step[1] % orders.size()];
            const auto scope = step[1] % 2 == 0 ? ExitScope::order : ExitScope::position;
            return desk.exits(order.broker_order_id, scope, order.account);
        }
        default:
            desk.passes(step[1] * second_ns / 50);
            return {};
    }
}

void closes_position(Desk& desk, AccountNumber master, std::string order, std::int64_t net) {
    MasterSays says{.order = std::move(order)};
    says.master = master;
    says.side = net > 0 ? Side::sell : Side::buy;
    says.quantity = net > 0 ? net : -net;
    desk.reports_new(says);
    says.filled = says.quantity;
    says.average = rupee;
    desk.reports_fill(says);
    desk.everything_fills();
}

std::int64_t net_of(const Desk& desk, AccountNumber master) {
    for (const MasterPosition& position : desk.state().master_positions) {
        if (position.master == master) return position.filled.value();
    }
    return 0;
}

}  // namespace

Desk busy_desk(std::int64_t lot) {
    Desk desk;
    desk.opens_master("MASTER-2");
    desk.defines(rules_of({.lot = lot, .tick = 500, .freeze = 150}));
    desk.marks(100 * rupee);
    desk.has_funds(first_master, 1'000'000 * rupee);
    desk.joins({.ratio = ratio_of("0.37")});
    const AccountNumber by_capital = desk.joins({.strategy = CopyStrategy::percentage,
                                                 .percentage = ratio_of("10"),
                                                 .round_up_to_min_lot = true});
    desk.has_funds(by_capital, 50'000 * rupee);
    const AccountNumber of_both = desk.joins(
        {.strategy = CopyStrategy::fixed_quantity, .fixed_quantity = Quantity{2 * lot + 1}});
    desk.submit(SetLink{.master = second_master, .follower = of_both, .ratio = ratio_of("1.5")});
    const AccountNumber by_equity = desk.joins({.strategy = CopyStrategy::equity_proportional});
    desk.has_funds(by_equity, 700'000 * rupee);
    return desk;
}

Answer day_goes_on(Desk& desk, const Step& step) {
    switch (step[0] % 16) {
        case 0:
        case 1:
        case 2:
            return master_places(desk, step);
        case 3:
        case 4:
        case 5:
        case 6:
        case 7:
            return master_order_goes_on(
                desk, {static_cast<std::uint8_t>(step[0] / 16), step[1], step[2]});
        case 8:
            return limits_change(desk, step);
        case 9:
            return operator_acts(desk, step);
        default:
            return follower_order_goes_on(desk, step);
    }
}

void masters_go_flat(Desk& desk) {
    for (const MasterOrder& order : desk.state().master_orders) {
        if (order.leaves_qty().value() > 0) desk.reports_cancel(says_of(desk.state(), order));
    }
    desk.everything_fills();
    for (const AccountNumber master : {first_master, second_master}) {
        const std::string name = std::to_string(master.value());
        if (net_of(desk, master) != 0) {
            closes_position(desk, master, "CLOSE-" + name, net_of(desk, master));
        }
        closes_position(desk, master, "OPEN-" + name, -100);
        closes_position(desk, master, "END-" + name, 100);
    }
}

}  // namespace ledger::replication::test
