// I7 under limits: the reports of one master order, in any order, end in the same copies.
#include "ledger/replication/order_status.h"
#include "tests/replication/desk.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace ledger::replication::test {

namespace {

constexpr std::int64_t price = 500 * rupee;

using Report = std::pair<MasterEventType, MasterSays>;

Report report(MasterEventType type, std::int64_t quantity, std::uint64_t version) {
    MasterSays says{.order = "O"};
    says.quantity = quantity;
    says.price = price;
    says.version = version;
    return {type, says};
}

// What lives at the follower once all is told and sent.
std::optional<OrderTerms> told(const std::vector<Report>& reports, const RiskLimits& limits,
                               bool sent) {
    Desk desk;
    desk.defines(rules_of({.lot = 10}));
    const AccountNumber follower = desk.joins({.limits = limits});
    for (const auto& [type, says] : reports) {
        desk.reports(type, says);
        for (const Aim& aim : desk.live(follower)) {
            if (sent && desk.row(aim).unsent()) desk.is_done(aim);
        }
    }
    for (const Aim& aim : desk.live(follower)) {
        if (desk.row(aim).unsent()) desk.is_done(aim);
        while (!desk.row(aim).changes.empty()) desk.is_done(desk.first_change(aim));
        if (!desk.row(aim).cancel_acknowledged) return desk.row(aim).terms;
    }
    return std::nullopt;
}

const std::vector<RiskLimits> all_limits{
    {},
    {.max_quantity = Quantity{120}},
    {.max_quantity = Quantity{120}, .on_limit = OnLimit::skip},
    {.max_order_value = Money{120 * price}, .on_limit = OnLimit::cap},
    {.max_order_value = Money{120 * price}},
    {.max_position_value = Money{90 * price}, .on_limit = OnLimit::cap},
    {.max_capital = Money{120 * price}, .on_limit = OnLimit::cap},
    {.max_capital = Money{120 * price}},
    {.allowed_order_types = {OrderType::market}}};

void check_every_order(std::vector<Report> reports) {
    std::vector<std::size_t> places(reports.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
    for (const RiskLimits& limits : all_limits) {
        const auto expected = told(reports, limits, false);
        do {
            std::vector<Report> shuffled;
            for (const std::size_t place : places) shuffled.push_back(reports[place]);
            CHECK(told(shuffled, limits, false) == expected);
            CHECK(told(shuffled, limits, true) == expected);
        } while (std::ranges::next_permutation(places).found);
    }
}

}  // namespace

TEST_CASE("I7 a NEW and its modifies end alike in any order, under every kind of limit",
          "[replication]") {
    using enum MasterEventType;
    check_every_order({report(new_, 100, 1), report(modified, 150, 2), report(modified, 80, 3)});
    check_every_order({report(new_, 100, 1), report(modified, 80, 2), report(modified, 150, 3)});
    check_every_order({report(new_, 150, 1), report(modified, 5, 2), report(modified, 100, 3)});
}

TEST_CASE("I7 a cancel among them ends the copy in any order, under every kind of limit",
          "[replication]") {
    using enum MasterEventType;
    for (const RiskLimits& limits : all_limits) {
        CHECK_FALSE(told({report(canceled, 100, 3), report(new_, 100, 1)}, limits, true));
    }
    check_every_order({report(new_, 100, 1), report(modified, 150, 2), report(canceled, 150, 3)});
}

}  // namespace ledger::replication::test
