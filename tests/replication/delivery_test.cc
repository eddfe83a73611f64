// Deliveries repeated and reordered.
#include "tests/replication/random_run.h"

#include <algorithm>
#include <map>
#include <utility>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::replication::test::delivery_test {

namespace {

using Fact = std::pair<MasterEventType, MasterSays>;
using Facts = std::vector<Fact>;
using Copies = std::map<std::pair<std::string, AccountNumber>, OrderTerms>;

// The life of one master order: its NEW, some modifies and fills, perhaps its end, each with the
// source's own time.
Facts any_life(const std::string& order) {
    using enum MasterEventType;
    constexpr std::array<std::int64_t, 8> quantities{20, 60, 100, 110, 130, 140, 180, 200};
    Facts facts;
    std::uint64_t version = 1;
    const auto add = [&](MasterEventType type) {
        MasterSays says;
        says.order = order;
        says.quantity = quantities[any_below(quantities.size())];
        says.price = 1'000'000 + static_cast<std::int64_t>(any_below(4));
        says.filled = type == fill ? static_cast<std::int64_t>(version) : 0;
        // Now and then two facts of one instant.
        says.version = type == modified && any_below(8) == 0 ? version : ++version;
        const bool taken = std::ranges::any_of(facts, [&](const Fact& fact) {
            return fact.first == type && fact.second.version == says.version;
        });
        if (!taken) facts.emplace_back(type, says);
    };
    add(new_);
    const std::size_t changes = any_below(5);
    for (std::size_t i = 0; i < changes; ++i) add(any_below(4) == 0 ? fill : modified);
    if (any_below(4) == 0) add(canceled);
    return facts;
}

template <class T>
std::vector<T> shuffled(std::vector<T> values) {
    for (std::size_t i = values.size(); i > 1; --i) {
        std::swap(values[i - 1], values[any_below(i)]);
    }
    return values;
}

Facts two_lives() {
    Facts facts = any_life("A");
    for (Fact& fact : any_life("B")) facts.push_back(std::move(fact));
    return facts;
}

// Sends what is to be sent and answers yes to all of it, until nothing waits.
void settle_all(World& world) {
    constexpr int rounds_max = 10;
    for (int round = 0; round < rounds_max; ++round) {
        for (const Aim& aim : aims(world)) {
            world.starts(aim);
            world.accepted(aim);
        }
        for (const FollowerOrder& order : world.state().follower_orders) {
            if (!order.cancel_acknowledged) continue;
            world.book_says({order.id, order.id}, {.status = OrdStatus::canceled, .at = 1});
        }
    }
}

// The live copies with their terms.
Copies live_copies(const World& world) {
    Copies out;
    for (const FollowerOrder& order : world.state().follower_orders) {
        RC_ASSERT(!is_pending(order));
        if (order.status != OrdStatus::new_) continue;
        out[{world.state().master_order_of(order).broker_order_id, order.follower}] = order.terms;
    }
    return out;
}

Copies told_in_order(const Facts& facts) {
    World world = fleet();
    for (const auto& [type, says] : facts) world.reports(type, says);
    settle_all(world);
    return live_copies(world);
}

}  // namespace

TEST_CASE("I6 repeated deliveries give the log of the first ones", "[replication]") {
    rc::prop("for any multiset of deliveries in any order", [] {
        const Facts facts = two_lives();
        const std::size_t deliveries = any_below(40);
        World repeated = fleet();
        World once = fleet();
        std::set<std::size_t> seen;
        for (std::size_t n = 0; n < deliveries; ++n) {
            const std::size_t index = any_below(facts.size());
            const auto& [type, says] = facts[index];
            const Answer answer = repeated.reports(type, says);
            const bool first = seen.insert(index).second;
            RC_ASSERT(!answer.refused.has_value());
            RC_ASSERT(answer.duplicate == !first);
            if (first) once.reports(type, says);
        }
        RC_ASSERT(repeated.log() == once.log());
    });
}

TEST_CASE("I7 a life told in any order ends in the same copies, nothing sent in between",
          "[replication]") {
    rc::prop("for any life and any order", [] {
        const Facts facts = two_lives();
        const Copies expected = told_in_order(facts);
        RC_CLASSIFY(!expected.empty(), "with live copies");
        RC_ASSERT(told_in_order(shuffled(facts)) == expected);
    });
}

TEST_CASE("I7 a life told in any order ends in the same copies, whatever is sent in between",
          "[replication]") {
    rc::prop("for any life, any order, and attempts with every outcome but a final one", [] {
        const Facts facts = two_lives();
        World world = fleet();
        for (const auto& [type, says] : shuffled(facts)) {
            RC_ASSERT(world.reports(type, says).recorded());
            for (const Step& act : *any_steps()) executor_acts(world, act);
        }
        settle_all(world);
        RC_ASSERT(live_copies(world) == told_in_order(facts));
    });
}

TEST_CASE("I7 a cancel that comes before its NEW means the NEW is never sent", "[replication]") {
    Pair pair;
    pair.world.reports_cancel({.version = 3});
    pair.world.reports_modify({.quantity = 50, .version = 2});
    CHECK(skips(pair.world.reports_new({.version = 1})) == Reasons{SkipReason::master_order_dead});
    CHECK(pair.world.copy(pair.follower) == nullptr);
}

TEST_CASE("book rows in any order and number end in the same order", "[replication]") {
    rc::prop("for the rows of one order's life", [] {
        const std::vector<BookSays> rows{
            {.status = OrdStatus::new_, .at = 1},
            {.status = OrdStatus::partially_filled, .filled = 30, .average = 10, .at = 2},
            {.status = OrdStatus::partially_filled, .filled = 70, .average = 12, .at = 3},
            {.status = OrdStatus::canceled, .filled = 70, .average = 12, .at = 4},
            {.status = OrdStatus::canceled, .filled = 90, .average = 13, .at = 5}};
        Pair pair;
        pair.world.reports_new();
        pair.world.starts(pair.order());
        std::vector<BookSays> told = rows;
        for (std::size_t n = any_below(10); n > 0; --n) told.push_back(rows[any_below(5)]);
        for (const BookSays& row : shuffled(told)) pair.world.book_says(pair.order(), row);
        RC_ASSERT(pair.row().status == OrdStatus::canceled);
        RC_ASSERT(pair.row().cum_qty == Quantity{90});
        RC_ASSERT(pair.row().cum_value == Money{1'170});
    });
}

}  // namespace ledger::replication::test::delivery_test
