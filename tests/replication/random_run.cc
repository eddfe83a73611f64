#include "tests/replication/random_run.h"

#include "ledger/replication/order_status.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace ledger::replication::test {

namespace {

constexpr std::int64_t lot = 25;

MasterSays says_of(const Step& step) {
    constexpr std::array<std::int64_t, 4> quantities{30, 60, 100, 130};
    MasterSays says;
    says.order = step[1] % 2 == 0 ? "A" : "B";
    says.version = step[2] % 8;
    says.quantity = quantities[step[2] / 8 % 4];
    says.price = 1'000'000 + step[2];
    says.filled = std::int64_t{step[1]} % 5 * 10;
    return says;
}

BookSays row_of(const Step& step, const FollowerOrder& order) {
    using enum OrdStatus;
    constexpr std::array words{new_,     partially_filled, filled,  canceled,
                               rejected, expired,          unknown, pending_new};
    BookSays row;
    row.status = words[step[2] % words.size()];
    row.filled = step[2] / 8 % 5 * order.terms.quantity.value() / 4;
    row.average = 1'000'000;
    row.at = step[1] % 3 == 0 ? 0 : step[1];
    row.id = step[1] % 16 == 15 ? "B-2" : "B-1";
    return row;
}

Answer operator_acts(World& world, const Step& step) {
    const AccountNumber master{1};
    const AccountNumber follower{std::uint32_t{2} + step[1] % 3};
    switch (step[1] % 4) {
        case 0:
            return world.enables(follower, step[2] % 2 == 0);
        case 1:
            return world.links(master, follower, {.active = step[2] % 2 == 0});
        default:
            world.passes(step[2] * second_ns);
            return {};
    }
}

Answer person_acts(World& world, const Aim& aim, const Step& step) {
    const Answer parked = world.parked(aim);
    if (parked.recorded() && step[2] % 2 == 0) return parked;
    return world.resolved(aim, step[2] % 3 == 0 ? "B-1" : "");
}

std::string fault_of(const FollowerOrder& order) {
    const auto under_way = [](const Change& change) {
        return change.stage != Change::Stage::waiting;
    };
    const auto count = std::ranges::count_if(order.changes, under_way);
    const auto waiting = static_cast<std::ptrdiff_t>(order.changes.size()) - count;
    const bool out = order.status == OrdStatus::pending_new || order.status == OrdStatus::unknown;
    if (count > 1) return "two changes under way";
    if (waiting > 1) return "two changes waiting";
    if (count == 1 && !under_way(order.changes.front())) return "one waits before one under way";
    if (is_terminal(order.status) && waiting > 0) return "a change waits for an ended order";
    if (is_terminal(order.status) && order.parked) return "an ended order waits for a person";
    if (order.unsent() && !is_pending(order)) return "an unsent order is not pending";
    if (order.unsent() && (order.attempt_open || order.parked)) return "under way and unsent";
    if (order.unsent() && !order.changes.empty()) return "changes of an unsent order";
    if (out && !order.attempt_open) return "in flight without an attempt";
    if (order.cum_value.value() < 0) return "bought for less than nothing";
    if (order.terms.quantity.value() % lot != 0) return "not in whole lots";
    return {};
}

// CumQty is what the reports of its fills add up to.
std::string fault_of_fills(const World& world) {
    std::map<EventId, std::int64_t> filled;
    for (const Event& event : world.log()) {
        if (const auto* report = std::get_if<FollowerOrderReported>(&event.payload)) {
            filled[report->order] += report->last_qty.value();
        }
    }
    for (const FollowerOrder& order : world.state().follower_orders) {
        if (filled[order.id] != order.cum_qty.value()) return "CumQty is not the sum of fills";
    }
    return {};
}

}  // namespace

rc::Gen<Steps> any_steps() {
    constexpr double growth = 2.5;
    const auto step = rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<Step>());
    return rc::gen::scale(growth, rc::gen::container<Steps>(step));
}

std::size_t any_below(std::size_t bound) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, bound));
}

World fleet() {
    World world;
    const AccountNumber master = world.opens_master();
    world.defines(report_of(master, MasterEventType::new_, {}).instrument, lot);
    for (const std::string_view ratio : {"1", "0.5", "1.5"}) {
        world.links(master, world.opens_follower(std::string{ratio}), {.ratio = ratio});
    }
    return world;
}

std::vector<Aim> aims(const World& world) {
    std::vector<Aim> out;
    for (const FollowerOrder& order : world.state().follower_orders) {
        out.push_back({order.id, order.id});
        for (const Change& change : order.changes) out.push_back({order.id, change.intent});
    }
    return out;
}

Answer master_speaks(World& world, const Step& step) {
    using enum MasterEventType;
    constexpr std::array types{new_, new_, modified, modified, modified, fill, canceled, rejected};
    return world.reports(types[step[0] % types.size()], says_of(step));
}

Answer executor_acts(World& world, const Step& step) {
    const std::vector<Aim> all = aims(world);
    if (all.empty()) return {};
    const Aim& aim = all[step[1] % all.size()];
    switch (step[2] % 8) {
        case 0:
            return world.unknown(aim);
        case 1:
            return world.not_placed(aim);
        case 2:
            return world.rejected(aim, true);
        case 3:
        case 4:
            return world.accepted(aim);
        default:
            return world.starts(aim);
    }
}

Answer anything_happens(World& world, const Step& step) {
    const std::vector<Aim> all = aims(world);
    const auto kind = step[0] / 8 % 8;
    if (kind < 2 || all.empty()) return master_speaks(world, step);
    const Aim& aim = all[step[1] % all.size()];
    switch (kind) {
        case 2:
            return operator_acts(world, step);
        case 3:
            return world.book_says(aim, row_of(step, world.row(aim)));
        case 4:
            return step[2] % 4 == 0 ? world.rejected(aim) : person_acts(world, aim, step);
        default:
            return executor_acts(world, step);
    }
}

std::string fault_of(const World& world) {
    if (world.repeated_ids() != 0) return "two events with one id";
    std::set<std::tuple<RowIndex, AccountNumber, std::uint32_t>> copies;
    for (const FollowerOrder& order : world.state().follower_orders) {
        if (!copies.emplace(order.master_order, order.follower, order.slice).second) {
            return "two orders for one master order, follower and slice";
        }
        if (std::string fault = fault_of(order); !fault.empty()) return fault;
    }
    return fault_of_fills(world);
}

}  // namespace ledger::replication::test
