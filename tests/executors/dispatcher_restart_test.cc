// The process may die between any two steps.
#include "tests/executors/dispatch_rig.h"

#include <algorithm>
#include <map>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace dispatcher_restart_test {

using executors::SimulatedCall;
using executors::SimulatedConduct;
using executors::SimulatedVerb;
using ledger::OrdStatus;
using rig::Rig;
using rig::second;
using rig::Setup;

namespace {

std::size_t most_orders_of_one_reference(const Rig& rig) {
    std::map<ledger::ClOrdId, std::size_t> orders;
    std::size_t most = 0;
    for (const auto& order : rig.broker.accepted()) {
        most = std::max(most, ++orders[order.request.cl_ord_id]);
    }
    return most;
}

// Kills the process after this many steps and lets the next one finish. False when it never took
// as many.
bool dies_after(Rig& rig, std::size_t steps) {
    for (std::size_t n = 0; n < steps; ++n) {
        if (!rig.step()) return false;
    }
    rig.restart();
    return true;
}

// The broker's orders are the ledger's, one each, as the ledger says they stand.
void check_books_agree(Rig& rig, std::size_t followers) {
    CHECK(most_orders_of_one_reference(rig) == 1);
    for (std::size_t n = 0; n < followers; ++n) {
        const auto rows = rig.book(n);
        REQUIRE(rows.size() == 1);
        CHECK(rig.copy(n).broker_order_id == rows[0].broker_order_id);
        CHECK(rig.copy(n).status == rows[0].status);
        CHECK(rig.copy(n).terms.price == rows[0].terms.price);
    }
}

}  // namespace

TEST_CASE("I1 a kill between any two steps leaves one accepted order per ClOrdID", "[executors]") {
    const auto conduct = GENERATE(SimulatedConduct::accept, SimulatedConduct::accept_but_unknown,
                                  SimulatedConduct::drop_but_unknown, SimulatedConduct::throttle);
    bool died = true;
    for (std::size_t steps = 0; died; ++steps) {
        Setup setup;
        setup.followers = 2;
        setup.broker.behaviour = [=](const SimulatedCall& call) {
            return call.number == 1 ? conduct : SimulatedConduct::accept;
        };
        Rig rig{setup};
        rig.reports_new();
        // Whoever sends events sends them again when they were not acknowledged.
        died = dies_after(rig, steps);
        if (rig.state().follower_orders.size() == 0) rig.reports_new();
        REQUIRE(rig.comes_to_rest());
        rig.pass(second);
        CAPTURE(steps);
        REQUIRE(rig.placed() == 2);
        check_books_agree(rig, 2);
    }
}

TEST_CASE("I1 a kill between any two steps loses no modify and no cancel", "[executors]") {
    const auto verb = GENERATE(SimulatedVerb::modify, SimulatedVerb::cancel);
    const auto conduct = GENERATE(SimulatedConduct::accept, SimulatedConduct::accept_but_unknown,
                                  SimulatedConduct::drop_but_unknown);
    bool died = true;
    for (std::size_t steps = 1; died; ++steps) {
        bool spoiled = false;
        Setup setup;
        setup.broker.behaviour = [&](const SimulatedCall& call) {
            if (call.verb != verb || spoiled) return SimulatedConduct::accept;
            spoiled = true;
            return conduct;
        };
        Rig rig{setup};
        rig.reports_new();
        rig.settle();
        rig.reports_modify({.price = 26'000'000});
        rig.reports_cancel();
        // The one commit that takes in both.
        REQUIRE(rig.step());
        died = dies_after(rig, steps);
        REQUIRE(rig.comes_to_rest());
        rig.pass(2 * second);
        CAPTURE(steps);
        check_books_agree(rig, 1);
        CHECK(rig.book()[0].status == OrdStatus::canceled);
    }
}

TEST_CASE("I1 with any faults and any kills no reference is accepted twice", "[executors]") {
    rc::prop("the broker's orders are the ledger's", [] {
        constexpr int conducts = 5;
        const auto faults =
            *rc::gen::container<std::vector<int>>(40, rc::gen::inRange(0, conducts));
        const auto kills =
            *rc::gen::container<std::vector<std::size_t>>(3, rc::gen::inRange<std::size_t>(0, 60));
        std::size_t asked = 0;
        Setup setup;
        setup.followers = 3;
        setup.limits.visibility_window_ms = 10'000;
        setup.broker.behaviour = [&](const SimulatedCall&) {
            const std::size_t turn = asked++;
            return turn < faults.size() ? SimulatedConduct{faults[turn]} : SimulatedConduct::accept;
        };
        Rig rig{setup};
        rig.reports_new();
        RC_ASSERT(rig.step());
        for (const std::size_t steps : kills) {
            dies_after(rig, steps);
            rig.pass(second);
        }
        rig.reports_modify({.quantity = 60});
        rig.reports_new({.order = "M-2"});
        rig.pass(3 * second);
        rig.restart();
        RC_ASSERT(rig.comes_to_rest());
        rig.pass(40 * second);

        RC_ASSERT(most_orders_of_one_reference(rig) <= 1);
        for (const auto& order : rig.state().follower_orders) {
            const auto taken = std::ranges::count_if(rig.broker.accepted(), [&](const auto& at) {
                return at.request.cl_ord_id == ledger::cl_ord_id_of(order.id);
            });
            RC_ASSERT((taken == 1) == !order.broker_order_id.empty());
        }
    });
}

}  // namespace dispatcher_restart_test
