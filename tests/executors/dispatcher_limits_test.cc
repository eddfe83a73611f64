// Where the executors stop: rates, breakers, full queues, brokers without references, shutdown.
#include "executors/dispatcher.h"
#include "tests/executors/dispatch_rig.h"

#include <catch2/catch.hpp>

namespace dispatcher_limits_test {

using executors::SimulatedCall;
using executors::SimulatedConduct;
using executors::SimulatedVerb;
using ledger::OrdStatus;
using rig::ms;
using rig::Rig;
using rig::second;
using rig::Setup;

namespace {

void report_orders(Rig& rig, int count) {
    for (int n = 1; n <= count; ++n) rig.reports_new({.order = "M-" + std::to_string(n)});
}

}  // namespace

TEST_CASE("an account's rate limit spreads its orders over time", "[executors]") {
    Setup setup;
    setup.limits.account_orders_per_second = 10;
    Rig rig{setup};
    report_orders(rig, 30);
    rig.settle();
    CHECK(rig.placed() == 10);
    rig.pass(second);
    CHECK(rig.placed() == 20);
    rig.pass(second);
    CHECK(rig.placed() == 30);
}

TEST_CASE("a broker's rate limit is shared by its accounts", "[executors]") {
    Setup setup;
    setup.followers = 20;
    setup.limits.orders_per_second = 5;
    Rig rig{setup};
    rig.reports_new();
    rig.settle();
    CHECK(rig.placed() == 5);
    rig.pass(3 * second);
    CHECK(rig.placed() == 20);
}

TEST_CASE("a silent broker is left alone but for one request per pause", "[executors]") {
    Setup setup;
    setup.followers = 30;
    setup.settings.requests_max = 1;
    setup.broker.behaviour = [](const SimulatedCall& call) {
        return call.verb == SimulatedVerb::place ? SimulatedConduct::drop_but_unknown
                                                 : SimulatedConduct::accept;
    };
    Rig rig{setup};
    rig.reports_new();
    rig.settle();
    CHECK(rig.asked(SimulatedVerb::place) == setup.settings.breaker.failures_max);
    rig.pass(setup.settings.breaker.pause_ns);
    CHECK(rig.asked(SimulatedVerb::place) == setup.settings.breaker.failures_max + 1);
    CHECK(rig.asked(SimulatedVerb::order_book) > 0);
}

TEST_CASE("no more requests are under way than allowed", "[executors]") {
    Setup setup;
    setup.followers = 50;
    setup.settings.requests_max = 3;
    Rig rig{setup};
    rig.reports_new();
    bool busy = true;
    while (busy) {
        busy = rig.step();
        CHECK(rig.counters().in_flight <= 3);
    }
    CHECK(rig.placed() == 50);
}

TEST_CASE("outcomes reach a ledger whose queue was full", "[executors]") {
    Setup setup;
    setup.followers = 50;
    setup.sequencer = {.queued_commands_max = 2, .batch_commands_max = 1};
    Rig rig{setup};
    rig.reports_new();
    REQUIRE(rig.comes_to_rest());
    CHECK(rig.placed() == 50);
    CHECK(rig.counters().accepted == 50);
}

TEST_CASE("a doubt that no book can settle waits for a person", "[executors]") {
    Setup setup;
    setup.limits.can_look_up = false;
    setup.broker.behaviour = [](const SimulatedCall& call) {
        return call.number == 1 ? SimulatedConduct::accept_but_unknown : SimulatedConduct::accept;
    };
    Rig rig{setup};
    rig.reports_new();
    rig.pass(600 * second);
    CHECK(rig.copy().parked);
    CHECK(rig.asked(SimulatedVerb::place) == 1);
    CHECK(rig.counters().in_doubt == 0);

    rig.submit(
        ledger::ResolveIntent{rig.copy().id, rig.broker.accepted()[0].broker_order_id, "seen"});
    rig.pass(second);
    CHECK(rig.copy().status == OrdStatus::new_);
    CHECK(rig.counters().watched == 1);
}

TEST_CASE("an order under our reference that is not ours stops everything but a person",
          "[executors]") {
    Setup setup;
    setup.broker.behaviour = [](const SimulatedCall& call) {
        return call.number == 1 ? SimulatedConduct::drop_but_unknown : SimulatedConduct::accept;
    };
    Rig rig{setup};
    rig.reports_new();
    rig.settle();
    executors::PlaceRequest foreign;
    foreign.cl_ord_id = ledger::cl_ord_id_of(rig.copy().id);
    foreign.instrument = {ledger::Segment::nse_cash, "1594", "INFY"};
    foreign.terms.quantity = ledger::Quantity{100};
    rig.place_directly(foreign);
    rig.pass(600 * second);
    CHECK(rig.copy().parked);
    CHECK(rig.recorded<ledger::AnomalyRecorded>() == 1);
    CHECK(rig.placed() == 1);
}

TEST_CASE("an account that cannot be opened is refused in the log and tried again", "[executors]") {
    Rig rig;
    rig.directory.locked = true;
    rig.reports_new();
    rig.settle();
    CHECK(rig.counters().rejected == 1);
    CHECK(rig.copy().status == OrdStatus::intended);
    rig.directory.locked = false;
    REQUIRE(rig.comes_to_rest());
    CHECK(rig.placed() == 1);
}

TEST_CASE("fills are learned from the book, each once", "[executors]") {
    Setup setup;
    setup.followers = 3;
    setup.broker.fill_at_once = true;
    Rig rig{setup};
    rig.reports_new({.quantity = 100});
    rig.pass(30 * second);
    CHECK(rig.recorded<ledger::FollowerOrderReported>() == 3);
    for (std::size_t n = 0; n < 3; ++n) {
        CHECK(rig.copy(n).status == OrdStatus::filled);
        CHECK(rig.copy(n).cum_qty == ledger::Quantity{100});
    }
    CHECK(rig.counters().watched == 0);
}

TEST_CASE("a stop lets what is under way finish and begins nothing new", "[executors]") {
    Setup setup;
    setup.settings.requests_max = 1;
    Rig rig{setup};
    report_orders(rig, 5);
    while (rig.placed() < 2) REQUIRE(rig.step());
    rig.stop();
    CHECK(rig.placed() == 2);
    CHECK(rig.counters().accepted == 2);
    CHECK(rig.counters().in_flight == 0);

    rig.restart();
    REQUIRE(rig.comes_to_rest());
    CHECK(rig.placed() == 5);
}

}  // namespace dispatcher_limits_test
