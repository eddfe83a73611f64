// I8, I9: over random days, no order that opens exceeds a limit as it stood when it was decided.
#include "tests/replication/random_desk.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::replication::test::hard_limits_test {

namespace {

// The limits of the four places of a follower's order.
std::array<const RiskLimits*, 4> limits_of(const State& state, const FollowerOrderIntended& order) {
    return {&state.link(order.master, order.follower)->terms.limits,
            &state.account(order.follower)->risk.limits, &state.account(order.master)->risk.limits,
            &state.risk.limits};
}

std::array<const Usage*, 4> usages_of(const State& state, const FollowerOrderIntended& order) {
    return {&state.link(order.master, order.follower)->usage,
            &state.account(order.follower)->risk.usage, &state.account(order.master)->risk.usage,
            &state.risk.usage};
}

Price worth_of(const FollowerOrderIntended& order) {
    return has_limit_price(order.terms.type) ? order.terms.price : order.figures.mark;
}

// What one decision intends for one follower: all slices together.
struct Intended {
    FollowerOrderIntended first;
    Quantity opening;
};

std::vector<Intended> openings_of(const Answer& answer) {
    std::vector<Intended> out;
    for (const Event& event : answer.events) {
        const auto* order = std::get_if<FollowerOrderIntended>(&event.payload);
        if (order == nullptr) continue;
        const Quantity opening = order->terms.quantity - order->figures.reducing;
        const bool same = !out.empty() && out.back().first.follower == order->follower;
        if (same) {
            out.back().opening = out.back().opening + opening;
        } else {
            out.push_back({*order, opening});
        }
    }
    std::erase_if(out, [](const Intended& intended) { return intended.opening.value() == 0; });
    return out;
}

template <class Number>
bool exceeds(const Number& number, const std::optional<Number>& limit) {
    return limit && number > *limit;
}

// The first limit of one place that does not hold; empty: all do.
std::string excess_at(const RiskLimits& limits, const Usage& usage, std::int32_t today) {
    if (exceeds(usage.capital, limits.max_capital)) return "max_capital";
    if (exceeds(usage.open_orders, limits.max_open_orders)) return "max_open_orders";
    if (exceeds(usage.orders_in_second, limits.max_orders_per_second)) {
        return "max_orders_per_second";
    }
    const Money loss = Money{} - usage.realised_on(today);
    return limits.max_daily_loss && loss >= *limits.max_daily_loss ? "max_daily_loss" : "";
}

std::string excess_of(const State& state, const Intended& intended) {
    const FollowerOrderIntended& order = intended.first;
    const Money value = *value_of(worth_of(order), intended.opening);
    const auto places = limits_of(state, order);
    const auto usages = usages_of(state, order);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const RiskLimits& limits = *places[i];
        if (exceeds(intended.opening, limits.max_quantity)) return "max_quantity";
        if (exceeds(value, limits.max_order_value)) return "max_order_value";
        if (auto excess = excess_at(limits, *usages[i], state.today()); !excess.empty()) {
            return excess;
        }
    }
    const bool halted = state.risk.halted || state.account(order.master)->risk.halted ||
                        state.account(order.follower)->risk.halted;
    return halted ? "kill switch" : "";
}

// Reductions count as orders, too, and pass: beside them an excess is not an opening's.
bool only_opens(const Answer& answer) {
    for (const Event& event : answer.events) {
        const auto* order = std::get_if<FollowerOrderIntended>(&event.payload);
        if (order != nullptr && order->figures.reducing.value() > 0) return false;
    }
    return true;
}

// Each follower holds that much less of it afterwards, or as much as it held.
void check_all_reduced(Desk& desk, const MasterPosition& master) {
    MasterSays says{.order = "ALL-" + std::to_string(master.master.value())};
    says.master = master.master;
    says.side = master.filled.value() > 0 ? Side::sell : Side::buy;
    says.quantity = magnitude(master.filled).value();
    const std::int64_t sign = says.side == Side::sell ? 1 : -1;
    std::map<AccountNumber, std::int64_t> held;
    for (const RowIndex index : desk.state().account(master.master)->links) {
        const AccountNumber follower = desk.state().links[index].follower;
        held[follower] = sign * desk.held(follower, says);
    }
    const Answer answer = desk.reports_new(says);
    for (const auto& [follower, quantity] : held) {
        const auto parts = intended(answer, follower);
        const std::int64_t sum = std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
        RC_ASSERT(sum == std::max<std::int64_t>(quantity, 0));
    }
}

}  // namespace

TEST_CASE("I8 no order that opens exceeds a limit as it stood", "[replication]") {
    rc::prop("over any day", [] {
        const Steps steps = *any_steps();
        Desk desk = busy_desk(5);
        for (const Step& step : steps) {
            const Answer answer = day_goes_on(desk, step);
            if (!only_opens(answer)) continue;
            for (const Intended& intended : openings_of(answer)) {
                const std::string excess = excess_of(desk.state(), intended);
                if (!excess.empty()) RC_FAIL("exceeds " + excess);
            }
        }
    });
}

TEST_CASE("I9 a master's reduction reaches every follower who holds of it", "[replication]") {
    rc::prop("after any day, whatever limits and halts stand", [] {
        const Steps steps = *any_steps();
        Desk desk = busy_desk(1);
        for (const Step& step : steps) day_goes_on(desk, step);
        desk.everything_fills();
        for (const MasterPosition& master : desk.state().master_positions) {
            const bool working = master.leaves.net_on(desk.state().today()).value() != 0 ||
                                 master.leaves.buy.value() != 0;
            if (master.filled.value() == 0 || working) continue;
            check_all_reduced(desk, master);
        }
    });
}

}  // namespace ledger::replication::test::hard_limits_test
