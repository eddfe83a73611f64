// I7 under limits, those that stay and those that change: the reports of one master order, in any
// order, end in the same copies.
#include "ledger/replication/order_status.h"
#include "tests/replication/desk.h"
#include "tests/replication/random_run.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::replication::test::any_order_test {

namespace {

constexpr std::int64_t price = 500 * rupee;

using Report = std::pair<MasterEventType, MasterSays>;
using Reports = std::vector<Report>;

Report report(MasterEventType type, std::int64_t quantity, std::uint64_t version,
              std::int64_t at = price) {
    MasterSays says{.order = "O"};
    says.quantity = quantity;
    says.price = at;
    says.version = version;
    return {type, says};
}

// What is told while the same limits stand.
struct Spell {
    RiskLimits limits;
    Reports reports;
};

using Spells = std::vector<Spell>;

void place_what_is_unsent(Desk& desk, AccountNumber follower) {
    for (const Aim& aim : desk.live(follower)) {
        if (desk.row(aim).unsent()) desk.is_done(aim);
    }
}

// What lives at the follower once all is told and sent.
std::optional<OrderTerms> told(const Spells& spells, bool sent) {
    Desk desk;
    desk.defines(rules_of({.lot = 10}));
    const AccountNumber follower = desk.joins();
    desk.marks(price);
    for (const auto& [limits, reports] : spells) {
        desk.limits_link(AccountNumber{1}, follower, limits);
        for (const auto& [type, says] : reports) {
            desk.reports(type, says);
            if (sent) place_what_is_unsent(desk, follower);
        }
    }
    place_what_is_unsent(desk, follower);
    for (const Aim& aim : desk.live(follower)) {
        while (!desk.row(aim).changes.empty()) desk.is_done(desk.first_change(aim));
        if (!desk.row(aim).cancel_acknowledged) return desk.row(aim).terms;
    }
    return std::nullopt;
}

std::optional<OrderTerms> told(const Reports& reports, const RiskLimits& limits, bool sent) {
    return told(Spells{{limits, reports}}, sent);
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
    {.price_band_bps = 200},
    {.allowed_order_types = {OrderType::limit}},
    {.allowed_order_types = {OrderType::market}}};

void check_every_order(const Reports& reports) {
    std::vector<std::size_t> places(reports.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
    for (const RiskLimits& limits : all_limits) {
        const auto expected = told(reports, limits, false);
        do {
            Reports shuffled;
            for (const std::size_t place : places) shuffled.push_back(reports[place]);
            CHECK(told(shuffled, limits, false) == expected);
            CHECK(told(shuffled, limits, true) == expected);
        } while (std::ranges::next_permutation(places).found);
    }
}

// The life of one order, and which of its reports is the last word on its terms.
struct Life {
    Reports reports;
    Report latest;
    bool canceled = false;
};

Life any_life() {
    using enum MasterEventType;
    constexpr std::array<std::int64_t, 6> quantities{5, 80, 100, 120, 130, 150};
    constexpr std::array<std::int64_t, 6> prices{price, price, price, price + 1, 2 * price, 0};
    const auto any_terms = [&](MasterEventType type, std::uint64_t version) {
        return report(type, quantities[any_below(quantities.size())], version,
                      prices[any_below(prices.size())]);
    };
    Life life;
    life.reports.push_back(any_terms(new_, 1));
    const std::size_t modifies = any_below(4);
    for (std::uint64_t version = 2; version < 2 + modifies; ++version) {
        life.reports.push_back(any_terms(modified, version));
    }
    life.latest = life.reports.back();
    life.canceled = any_below(5) == 0;
    if (life.canceled) life.reports.push_back(report(canceled, 100, 9));
    return life;
}

// Its reports told in several spells, each under limits of its own, in no order.
Spells any_spells(const Life& life) {
    constexpr std::size_t spells_max = 3;
    Spells spells(1 + any_below(spells_max));
    for (Spell& spell : spells) spell.limits = all_limits[any_below(all_limits.size())];
    for (const Report& report : life.reports) {
        Reports& reports = spells[any_below(spells.size())].reports;
        const auto place =
            reports.begin() + static_cast<std::ptrdiff_t>(any_below(reports.size() + 1));
        reports.insert(place, report);
    }
    return spells;
}

Spells in_order_within_each(Spells spells) {
    const auto version = [](const Report& report) { return report.second.version; };
    for (Spell& spell : spells) std::ranges::sort(spell.reports, {}, version);
    return spells;
}

// The terms in force, as one of the limits under which something was told lets them pass.
bool is_let_pass(const OrderTerms& terms, const Life& life, const Spells& spells) {
    const Report alone{MasterEventType::new_, life.latest.second};
    return std::ranges::any_of(spells, [&](const Spell& spell) {
        return !spell.reports.empty() && told({alone}, spell.limits, false) == terms;
    });
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

// A decision is made under the limits that stand when its report comes (I8), so what comes before
// and what after a change of the limits makes a difference; the order within each does not.
TEST_CASE("I7 reports between two changes of the limits may come in any order", "[replication]") {
    rc::prop("for any life, told in any spells", [] {
        const Life life = any_life();
        const Spells spells = any_spells(life);
        const auto end = told(spells, any_below(2) == 0);
        RC_CLASSIFY(end.has_value(), "with a live copy");
        RC_ASSERT(told(in_order_within_each(spells), any_below(2) == 0) == end);
    });
}

TEST_CASE(
    "I7 I8 whatever limits come and go, a copy has the terms in force as limits let them pass",
    "[replication]") {
    rc::prop("for any life, told in any spells", [] {
        const Life life = any_life();
        const Spells spells = any_spells(life);
        const auto end = told(spells, any_below(2) == 0);
        RC_CLASSIFY(end.has_value(), "with a live copy");
        if (!end) return;
        RC_ASSERT_FALSE(life.canceled);
        RC_ASSERT(is_let_pass(*end, life, spells));
    });
}

}  // namespace ledger::replication::test::any_order_test
