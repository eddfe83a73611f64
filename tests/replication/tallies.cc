#include "tests/replication/tallies.h"

#include "ledger/model/fill.h"
#include "ledger/replication/exposure.h"
#include "ledger/replication/order_share.h"

#include <map>

namespace ledger::replication::test {

namespace {

constexpr std::int64_t ns_per_second = 1'000'000'000;

// What one place should show.
struct Tally {
    std::uint32_t open_orders = 0;
    Money capital;
    std::map<std::int32_t, std::int64_t> realised;    // by session day
    std::map<std::int64_t, std::uint32_t> in_second;  // by second
};

struct Tallies {
    std::map<RowIndex, Tally> links;
    std::map<AccountNumber, Tally> accounts;
    Tally all;
};

template <class Visit>
void at_each_place(Tallies& tallies, const State& state, RowIndex link, const Visit& visit) {
    visit(tallies.links[link]);
    visit(tallies.accounts[state.links[link].master]);
    visit(tallies.accounts[state.links[link].follower]);
    visit(tallies.all);
}

Money absolute(Money money) {
    return money.value() < 0 ? Money{} - money : money;
}

RowIndex link_of(const State& state, const FollowerOrder& order) {
    return state.copied_positions[order.position].link;
}

void tally_orders(const State& state, Tallies& tallies) {
    for (const FollowerOrder& order : state.follower_orders) {
        const OrderShare share = share_of(order);
        if (!share.live) continue;
        at_each_place(tallies, state, link_of(state, order), [&](Tally& tally) {
            ++tally.open_orders;
            tally.capital = tally.capital + share.reserved;
        });
    }
}

void tally_log(const World& world, Tallies& tallies) {
    const State& state = world.state();
    std::map<RowIndex, OpenPosition> positions;
    for (const Event& event : world.log()) {
        if (std::holds_alternative<FollowerOrderIntended>(event.payload)) {
            const FollowerOrder& order = *state.follower_order(event.id);
            at_each_place(tallies, state, link_of(state, order), [&](Tally& tally) {
                ++tally.in_second[floor_div(event.recorded_at_ns, ns_per_second)];
            });
        }
        const auto* report = std::get_if<FollowerOrderReported>(&event.payload);
        if (report == nullptr || report->last_qty.value() == 0) continue;
        const FollowerOrder& order = *state.follower_order(report->order);
        OpenPosition& position = positions[order.position];
        const FillEffect effect =
            add_fill(position, {order.terms.side, report->last_qty, report->last_value});
        const Money more = absolute(effect.position.cost) - absolute(position.cost);
        position = effect.position;
        at_each_place(tallies, state, link_of(state, order), [&](Tally& tally) {
            tally.capital = tally.capital + more;
            tally.realised[session_day(state.calendar, event.recorded_at_ns)] +=
                effect.realised.value();
        });
    }
}

std::string compare(const Tally& tally, const Usage& usage) {
    if (usage.open_orders != tally.open_orders) return "open orders";
    if (usage.capital != tally.capital) return "capital";
    for (const auto& [day, realised] : tally.realised) {
        if (day == usage.session_day && usage.realised.value() != realised) return "realised";
    }
    for (const auto& [second, count] : tally.in_second) {
        if (second == usage.second && usage.orders_in_second != count) return "orders in a second";
    }
    return {};
}

std::string wrong_usage_of(const World& world) {
    const State& state = world.state();
    Tallies tallies;
    tally_orders(state, tallies);
    tally_log(world, tallies);
    for (RowIndex link = 0; link < state.links.size(); ++link) {
        const std::string wrong = compare(tallies.links[link], state.links[link].usage);
        if (!wrong.empty()) return wrong + " of a link";
    }
    for (const Account& account : state.accounts) {
        const std::string wrong = compare(tallies.accounts[account.number], account.risk.usage);
        if (!wrong.empty()) return wrong + " of account " + std::to_string(account.number.value());
    }
    const std::string wrong = compare(tallies.all, state.risk.usage);
    return wrong.empty() ? wrong : wrong + " of the whole ledger";
}

// Of one copied position: its live orders, their leaves, its fills.
std::string wrong_copy_of(const State& state, RowIndex row) {
    const CopiedPosition& position = state.copied_positions[row];
    std::vector<RowIndex> live;
    Leaves leaves{.session_day = position.leaves.session_day, .buy = {}, .sell = {}};
    Quantity filled;
    for (RowIndex index = 0; index < state.follower_orders.size(); ++index) {
        const FollowerOrder& order = state.follower_orders[index];
        if (order.position != row) continue;
        filled = filled + with_sign(order.terms.side, order.cum_qty);
        const OrderShare share = share_of(order);
        if (!share.live) continue;
        live.push_back(index);
        if (order.session_day != leaves.session_day) continue;
        Quantity& sum = order.terms.side == Side::buy ? leaves.buy : leaves.sell;
        sum = sum + share.leaves;
    }
    if (filled != position.filled) return "a copied position is not the sum of its fills (I11)";
    if (live != position.live) return "the live orders of a copied position";
    const bool same = leaves.buy == position.leaves.buy && leaves.sell == position.leaves.sell;
    return same ? "" : "the leaves of a copied position";
}

std::string wrong_master_of(const State& state, RowIndex row) {
    const MasterPosition& position = state.master_positions[row];
    Leaves leaves{.session_day = position.leaves.session_day, .buy = {}, .sell = {}};
    Quantity filled;
    for (const MasterOrder& order : state.master_orders) {
        if (order.position != row) continue;
        filled = filled + with_sign(order.terms.side, order.cum_qty);
        if (order.session_day != leaves.session_day) continue;
        Quantity& sum = order.terms.side == Side::buy ? leaves.buy : leaves.sell;
        sum = sum + order.leaves_qty();
    }
    if (filled != position.filled) return "a master's position is not the sum of his fills";
    const bool same = leaves.buy == position.leaves.buy && leaves.sell == position.leaves.sell;
    return same ? "" : "the leaves of a master's position";
}

}  // namespace

std::string wrong_tally_of(const World& world) {
    const State& state = world.state();
    for (RowIndex row = 0; row < state.copied_positions.size(); ++row) {
        if (std::string wrong = wrong_copy_of(state, row); !wrong.empty()) return wrong;
    }
    for (RowIndex row = 0; row < state.master_positions.size(); ++row) {
        if (std::string wrong = wrong_master_of(state, row); !wrong.empty()) return wrong;
    }
    return wrong_usage_of(world);
}

}  // namespace ledger::replication::test
