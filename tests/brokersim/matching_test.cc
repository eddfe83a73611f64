#include "tools/brokersim/matching.h"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace tools::brokersim::matching_test {

namespace {

using ledger::OrderType;
using ledger::Price;
using ledger::Quantity;
using ledger::Side;

constexpr Price last{14'000'000};
constexpr Price below{13'990'000};
constexpr Price above{14'010'000};

SimOrder order_of(OrderType type, Side side, Price price = {}, Price trigger = {}) {
    OrderMoment moment;
    moment.terms.type = type;
    moment.terms.side = side;
    moment.terms.quantity = Quantity{10};
    moment.terms.price = price;
    moment.terms.trigger = trigger;
    SimOrder order;
    order.history.push_back(moment);
    return order;
}

Match arrives(const SimOrder& order, std::optional<Price> price, const MatchRules& rules = {}) {
    return match(order, price, rules, Arrival::arriving);
}

Match rests(const SimOrder& order, std::optional<Price> price, const MatchRules& rules = {}) {
    return match(order, price, rules, Arrival::resting);
}

constexpr Match nothing{};
constexpr Match ten_at_last{false, Quantity{10}, last, false};

}  // namespace

TEST_CASE("a market order fills at the last price", "[brokersim]") {
    CHECK(arrives(order_of(OrderType::market, Side::buy), last) == ten_at_last);
    CHECK(arrives(order_of(OrderType::market, Side::sell), last) == ten_at_last);
}

TEST_CASE("a market order waits for a price unless the rules give it one", "[brokersim]") {
    const SimOrder order = order_of(OrderType::market, Side::buy);
    CHECK(arrives(order, std::nullopt) == nothing);
    MatchRules rules;
    rules.fill_market_without_price = true;
    rules.price_without_market = Price{123};
    CHECK(arrives(order, std::nullopt, rules) == Match{false, Quantity{10}, Price{123}, false});
    CHECK(arrives(order, last, rules) == ten_at_last);
}

TEST_CASE("a limit order fills when it is marketable, and never without a price", "[brokersim]") {
    CHECK(arrives(order_of(OrderType::limit, Side::buy, below), last) == nothing);
    CHECK(arrives(order_of(OrderType::limit, Side::buy, last), last) == ten_at_last);
    CHECK(arrives(order_of(OrderType::limit, Side::buy, above), last) == ten_at_last);
    CHECK(arrives(order_of(OrderType::limit, Side::sell, above), last) == nothing);
    CHECK(arrives(order_of(OrderType::limit, Side::sell, below), last) == ten_at_last);
    MatchRules rules;
    rules.fill_market_without_price = true;
    CHECK(arrives(order_of(OrderType::limit, Side::buy, above), std::nullopt, rules) == nothing);
}

TEST_CASE("a resting limit order fills at its own price", "[brokersim]") {
    const SimOrder order = order_of(OrderType::limit, Side::buy, above);
    CHECK(rests(order, last) == Match{false, Quantity{10}, above, false});
}

TEST_CASE("a stop waits for its trigger, then meets the market", "[brokersim]") {
    const SimOrder buy = order_of(OrderType::stop, Side::buy, {}, last);
    CHECK(rests(buy, below) == nothing);
    CHECK(rests(buy, above) == Match{true, Quantity{10}, above, false});
    const SimOrder sell = order_of(OrderType::stop, Side::sell, {}, last);
    CHECK(rests(sell, above) == nothing);
    CHECK(rests(sell, below) == Match{true, Quantity{10}, below, false});
}

TEST_CASE("a stop without a price does not fill even where market orders would", "[brokersim]") {
    MatchRules rules;
    rules.fill_market_without_price = true;
    CHECK(arrives(order_of(OrderType::stop, Side::buy, {}, last), std::nullopt, rules) == nothing);
}

TEST_CASE("a stop-limit may trigger without filling", "[brokersim]") {
    SimOrder order = order_of(OrderType::stop_limit, Side::buy, below, last);
    CHECK(rests(order, last) == Match{true, Quantity{0}, Price{0}, false});
    order.triggered = true;
    CHECK(rests(order, last) == nothing);
    CHECK(rests(order, below) == Match{false, Quantity{10}, below, false});
}

TEST_CASE("one price fills no more than fill_quantity_max", "[brokersim]") {
    MatchRules rules;
    rules.fill_quantity_max = Quantity{4};
    SimOrder order = order_of(OrderType::market, Side::buy);
    CHECK(arrives(order, last, rules).quantity == Quantity{4});
    order.history.back().cum_qty = Quantity{8};
    CHECK(arrives(order, last, rules).quantity == Quantity{2});
}

TEST_CASE("an IOC order's rest is cancelled", "[brokersim]") {
    SimOrder order = order_of(OrderType::limit, Side::buy, below);
    order.history.back().terms.time_in_force = ledger::TimeInForce::ioc;
    CHECK(arrives(order, last) == Match{false, Quantity{0}, Price{0}, true});
    CHECK_FALSE(arrives(order, below).cancels_rest);
    MatchRules rules;
    rules.fill_quantity_max = Quantity{4};
    CHECK(arrives(order, below, rules) == Match{false, Quantity{4}, below, true});
}

TEST_CASE("no fill is worse than the order's limit or larger than what is left", "[brokersim]") {
    rc::prop("for every price", [](bool buys, bool resting) {
        const Price limit{*rc::gen::inRange<std::int64_t>(1, 1'000)};
        const Price market{*rc::gen::inRange<std::int64_t>(1, 1'000)};
        const SimOrder order = order_of(OrderType::limit, buys ? Side::buy : Side::sell, limit);
        const Match result =
            match(order, market, MatchRules{}, resting ? Arrival::resting : Arrival::arriving);
        const bool marketable = buys ? market <= limit : market >= limit;
        RC_ASSERT((result.quantity == Quantity{10}) == marketable);
        if (!marketable) return;
        RC_ASSERT((buys ? result.price <= limit : result.price >= limit));
    });
}

}  // namespace tools::brokersim::matching_test
