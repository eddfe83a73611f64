#include "executors/dispatcher.h"

#include "tests/executors/dispatch_rig.h"

#include <set>

#include <catch2/catch.hpp>

namespace dispatcher_test {

using executors::SimulatedCall;
using executors::SimulatedConduct;
using executors::SimulatedVerb;
using ledger::OrdStatus;
using rig::MasterSays;
using rig::ms;
using rig::Rig;
using rig::second;
using rig::Setup;

namespace {

// Does `conduct` at the first `times` requests of this kind, then accepts.
std::function<SimulatedConduct(const SimulatedCall&)> first(SimulatedVerb verb,
                                                            SimulatedConduct conduct,
                                                            std::size_t times = 1) {
    return [=, left = times](const SimulatedCall& call) mutable {
        if (call.verb != verb || left == 0) return SimulatedConduct::accept;
        --left;
        return conduct;
    };
}

Setup misbehaving(std::function<SimulatedConduct(const SimulatedCall&)> behaviour) {
    Setup setup;
    setup.broker.behaviour = std::move(behaviour);
    return setup;
}

void step_until_sent(Rig& rig, SimulatedVerb verb) {
    while (rig.asked(verb) == 0) REQUIRE(rig.step());
}

}  // namespace

TEST_CASE("a master's order reaches every follower's broker once, and the log says so",
          "[executors]") {
    Rig rig{{.followers = 40}};
    rig.reports_new({.quantity = 300});
    rig.settle();

    REQUIRE(rig.placed() == 40);
    std::set<std::uint64_t> accounts;
    std::set<ledger::ClOrdId> references;
    for (const auto& order : rig.broker.accepted()) {
        accounts.insert(order.account);
        references.insert(order.request.cl_ord_id);
        CHECK(order.request.terms.quantity == ledger::Quantity{300});
        CHECK(order.request.instrument.token == "2885");
    }
    CHECK(accounts.size() == 40);
    CHECK(references.size() == 40);
    for (std::size_t n = 0; n < 40; ++n) {
        CHECK(rig.copy(n).status == OrdStatus::new_);
        CHECK(rig.copy(n).broker_order_id.size() == 8);
    }
    CHECK(rig.counters().accepted == 40);
    CHECK(rig.counters().in_flight == 0);
    CHECK(rig.counters().queued == 0);
}

TEST_CASE("the attempts of many accounts are claimed in one commit", "[executors]") {
    Rig rig{{.followers = 40}};
    rig.reports_new();
    rig.settle();

    std::uint64_t last = 0;
    std::size_t runs = 0;
    for (const auto& event : rig.log()) {
        if (!std::holds_alternative<ledger::AttemptStarted>(event.payload)) continue;
        runs += event.sequence == last + 1 ? 0 : 1;
        last = event.sequence;
    }
    CHECK(runs == 1);
}

TEST_CASE("an order that was accepted without an answer is found again, not sent again",
          "[executors]") {
    Rig rig{misbehaving(first(SimulatedVerb::place, SimulatedConduct::accept_but_unknown))};
    rig.reports_new();
    rig.settle();
    CHECK(rig.copy().status == OrdStatus::unknown);
    CHECK(rig.counters().in_doubt == 1);

    REQUIRE(rig.comes_to_rest());
    CHECK(rig.placed() == 1);
    CHECK(rig.asked(SimulatedVerb::place) == 1);
    CHECK(rig.copy().status == OrdStatus::new_);
    CHECK(rig.copy().broker_order_id == rig.broker.accepted()[0].broker_order_id);
    CHECK(rig.counters().recovered == 1);
    CHECK(rig.counters().in_doubt == 0);
}

TEST_CASE("an order that was lost on its way is sent again once the window is over",
          "[executors]") {
    Rig rig{misbehaving(first(SimulatedVerb::place, SimulatedConduct::drop_but_unknown))};
    rig.reports_new();
    rig.pass(59 * second);
    CHECK(rig.asked(SimulatedVerb::place) == 1);
    CHECK(rig.copy().status == OrdStatus::unknown);

    rig.pass(2 * second);
    REQUIRE(rig.placed() == 1);
    CHECK(rig.asked(SimulatedVerb::place) == 2);
    CHECK(rig.calls.front().cl_ord_id == rig.broker.accepted()[0].request.cl_ord_id);
    CHECK(rig.copy().status == OrdStatus::new_);
    CHECK(rig.counters().not_placed == 1);
}

TEST_CASE("books that cannot be read prove nothing, however many", "[executors]") {
    bool readable = false;
    Rig rig{misbehaving([&](const SimulatedCall& call) {
        if (call.verb == SimulatedVerb::order_book && !readable) return SimulatedConduct::refuse;
        return call.number == 1 ? SimulatedConduct::drop_but_unknown : SimulatedConduct::accept;
    })};
    rig.reports_new();
    rig.pass(200 * second);
    CHECK(rig.asked(SimulatedVerb::order_book) > 30);
    CHECK(rig.asked(SimulatedVerb::place) == 1);

    readable = true;
    rig.pass(40 * second);
    CHECK(rig.placed() == 1);
}

TEST_CASE("of two orders under one reference one is adopted, the other reported, none sent",
          "[executors]") {
    Rig rig{misbehaving(first(SimulatedVerb::place, SimulatedConduct::accept_but_unknown))};
    rig.reports_new();
    rig.settle();
    rig.place_directly(rig.broker.accepted()[0].request);
    REQUIRE(rig.comes_to_rest());
    rig.pass(90 * second);

    CHECK(rig.placed() == 2);
    CHECK(rig.copy().broker_order_id == rig.broker.accepted()[0].broker_order_id);
    CHECK(rig.recorded<ledger::AnomalyRecorded>() >= 1);
    CHECK(rig.asked(SimulatedVerb::place) == 2);  // the ledger's and the one behind its back
}

TEST_CASE("a second order that appears later under a reference is an anomaly too", "[executors]") {
    Rig rig;
    rig.reports_new();
    rig.settle();
    rig.place_directly(rig.broker.accepted()[0].request);
    rig.pass(5 * second);
    CHECK(rig.recorded<ledger::AnomalyRecorded>() == 1);
}

TEST_CASE("a refusal ends the order", "[executors]") {
    Rig rig{misbehaving(first(SimulatedVerb::place, SimulatedConduct::refuse))};
    rig.reports_new();
    rig.pass(600 * second);
    CHECK(rig.copy().status == OrdStatus::rejected);
    CHECK(rig.asked(SimulatedVerb::place) == 1);
    CHECK(rig.counters().watched == 0);
}

TEST_CASE("a throttled order is sent again after a while and keeps its place", "[executors]") {
    Rig rig{misbehaving(first(SimulatedVerb::place, SimulatedConduct::throttle, 2))};
    rig.reports_new({.order = "M-1", .quantity = 1});
    rig.reports_new({.order = "M-2", .quantity = 2});
    rig.reports_new({.order = "M-3", .quantity = 3});
    REQUIRE(rig.comes_to_rest());

    REQUIRE(rig.placed() == 3);
    for (std::size_t n = 0; n < 3; ++n) {
        const auto quantity = static_cast<std::int64_t>(n + 1);
        CHECK(rig.broker.accepted()[n].request.terms.quantity == ledger::Quantity{quantity});
    }
    CHECK(rig.counters().rejected == 2);
}

TEST_CASE("a throttled order that grows too old expires and is not sent", "[executors]") {
    Rig rig{misbehaving([](const SimulatedCall&) { return SimulatedConduct::throttle; })};
    rig.reports_new();
    rig.pass(400 * second);
    CHECK(rig.placed() == 0);
    CHECK(rig.counters().expired == 1);
    CHECK(rig.counters().queued == 0);
}

TEST_CASE("orders of one account wait for each other and go in the master's order", "[executors]") {
    Rig rig;
    for (int n = 1; n <= 50; ++n) {
        rig.reports_new({.order = "M-" + std::to_string(n), .quantity = n});
    }
    rig.settle();
    REQUIRE(rig.placed() == 50);
    for (std::size_t n = 0; n < 50; ++n) {
        const auto quantity = static_cast<std::int64_t>(n + 1);
        CHECK(rig.broker.accepted()[n].request.terms.quantity == ledger::Quantity{quantity});
    }
}

TEST_CASE("an account's doubt holds up its own order alone", "[executors]") {
    Rig rig{misbehaving(first(SimulatedVerb::place, SimulatedConduct::drop_but_unknown))};
    rig.reports_new({.order = "M-1"});
    rig.reports_new({.order = "M-2"});
    rig.settle();
    CHECK(rig.copy(0).status == OrdStatus::unknown);
    CHECK(rig.copy(1).status == OrdStatus::new_);
}

TEST_CASE("a cancel that meets its order on the way waits for it and follows", "[executors]") {
    Rig rig;
    rig.reports_new();
    step_until_sent(rig, SimulatedVerb::place);
    rig.reports_cancel();
    rig.pass(5 * second);
    REQUIRE(rig.placed() == 1);
    CHECK(rig.book()[0].status == OrdStatus::canceled);
    CHECK(rig.copy().status == OrdStatus::canceled);
}

TEST_CASE("a cancel of an order that was lost on its way keeps it from being sent", "[executors]") {
    Rig rig{misbehaving(first(SimulatedVerb::place, SimulatedConduct::drop_but_unknown))};
    rig.reports_new();
    rig.settle();
    rig.reports_cancel();
    REQUIRE(rig.comes_to_rest());
    CHECK(rig.placed() == 0);
    CHECK(rig.copy().status == OrdStatus::withdrawn);
}

TEST_CASE("a chain of modifies leaves the broker's order as the last one says", "[executors]") {
    Rig rig{misbehaving(first(SimulatedVerb::modify, SimulatedConduct::throttle))};
    rig.reports_new();
    rig.settle();
    for (int n = 1; n <= 5; ++n) rig.reports_modify({.price = 25'000'000 + n});
    REQUIRE(rig.comes_to_rest());
    CHECK(rig.book()[0].terms.price == ledger::Price{25'000'005});
    CHECK(rig.copy().terms.price == ledger::Price{25'000'005});
    CHECK(rig.placed() == 1);
}

TEST_CASE("a modify in doubt is made again where the book shows the old terms", "[executors]") {
    const auto conduct =
        GENERATE(SimulatedConduct::drop_but_unknown, SimulatedConduct::accept_but_unknown);
    Rig rig{misbehaving(first(SimulatedVerb::modify, conduct))};
    rig.reports_new();
    rig.settle();
    rig.reports_modify({.price = 26'000'000});
    REQUIRE(rig.comes_to_rest());
    CHECK(rig.book()[0].terms.price == ledger::Price{26'000'000});
    CHECK(rig.copy().terms.price == ledger::Price{26'000'000});
    const bool lost = conduct == SimulatedConduct::drop_but_unknown;
    CHECK(rig.asked(SimulatedVerb::modify) == (lost ? 2 : 1));
}

TEST_CASE("a cancel in doubt is repeated until the book shows it", "[executors]") {
    const auto conduct =
        GENERATE(SimulatedConduct::drop_but_unknown, SimulatedConduct::accept_but_unknown);
    Rig rig{misbehaving(first(SimulatedVerb::cancel, conduct))};
    rig.reports_new();
    rig.settle();
    rig.reports_cancel();
    REQUIRE(rig.comes_to_rest());
    rig.pass(second);
    CHECK(rig.book()[0].status == OrdStatus::canceled);
    CHECK(rig.copy().status == OrdStatus::canceled);
}

TEST_CASE("terms amended while the order waits for its turn are the ones sent", "[executors]") {
    Rig rig{misbehaving(first(SimulatedVerb::place, SimulatedConduct::throttle))};
    rig.reports_new();
    rig.settle();
    rig.reports_modify({.quantity = 70, .price = 26'000'000});
    REQUIRE(rig.comes_to_rest());
    REQUIRE(rig.placed() == 1);
    CHECK(rig.broker.accepted()[0].request.terms.quantity == ledger::Quantity{70});
    CHECK(rig.broker.accepted()[0].request.terms.price == ledger::Price{26'000'000});
}

}  // namespace dispatcher_test
