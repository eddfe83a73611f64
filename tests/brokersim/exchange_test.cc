#include "tools/brokersim/exchange.h"

#include "tools/brokersim/event_text.h"

#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace tools::brokersim::exchange_test {

namespace {

using ledger::Errc;
using ledger::OrderType;
using ledger::Price;
using ledger::Quantity;
using ledger::Side;

constexpr AppOrderId first{1'000'000'001};
const InstrumentKey reliance{ledger::Segment::nse_cash, 2885};

OrderRequest buy_ten(Price limit) {
    OrderRequest request;
    request.client_id = "TEST";
    request.reference = "c0ffee0123456789abcd";
    request.instrument = reliance;
    request.terms.type = limit.value() > 0 ? OrderType::limit : OrderType::market;
    request.terms.quantity = Quantity{10};
    request.terms.price = limit;
    return request;
}

// An exchange, what it recorded, and a clock that counts.
struct Market {
    explicit Market(const ExchangeRules& rules = {}, const StoreLimits& limits = {})
        : store(first, limits),
          exchange(store, rules, [this](const OrderEvent& event) { events.push_back(event); }) {}

    AppOrderId place(const OrderRequest& request) {
        const auto id = exchange.place(request, {++clock, clock, {}});
        REQUIRE(id.has_value());
        return id.value();
    }

    Modification change(AppOrderId id, std::int64_t quantity, Price limit) {
        Modification change{"TEST", id, store.find(id)->now().terms, Quantity{0}};
        change.terms.quantity = Quantity{quantity};
        change.terms.price = limit;
        return change;
    }

    void price(Price value) { REQUIRE(exchange.set_price(reliance, value, ++clock).has_value()); }

    OrderState state(AppOrderId id) const { return store.find(id)->now().state; }

    std::vector<OrderEvent> events;
    OrderStore store;
    Exchange exchange;
    std::int64_t clock = 1'700'000'000'000'000'000;
};

bool same_orders(const OrderStore& a, const OrderStore& b) {
    if (a.orders().size() != b.orders().size() || a.trades().size() != b.trades().size())
        return false;
    for (std::size_t i = 0; i < a.orders().size(); ++i) {
        const SimOrder& x = a.orders()[i];
        const SimOrder& y = b.orders()[i];
        if (x.id != y.id || x.request != y.request || x.history.size() != y.history.size() ||
            x.now().state != y.now().state || x.now().terms != y.now().terms ||
            x.now().cum_qty != y.now().cum_qty || x.now().traded != y.now().traded ||
            x.now().at_ns != y.now().at_ns || x.now().text != y.now().text ||
            x.visible_at_ns != y.visible_at_ns)
            return false;
    }
    return true;
}

}  // namespace

TEST_CASE("a limit order rests until a price reaches it", "[brokersim]") {
    Market market;
    const AppOrderId id = market.place(buy_ten(Price{100}));
    CHECK(id == first);
    CHECK(market.state(id) == OrderState::new_);
    market.price(Price{101});
    CHECK(market.state(id) == OrderState::new_);
    market.price(Price{99});
    CHECK(market.state(id) == OrderState::filled);
    REQUIRE(market.store.trades().size() == 1);
    CHECK(market.store.trades()[0].price == Price{100});
}

TEST_CASE("partial fills add up over several prices", "[brokersim]") {
    ExchangeRules rules;
    rules.matching.fill_quantity_max = Quantity{4};
    Market market{rules};
    market.price(Price{50});
    const AppOrderId id = market.place(buy_ten(Price{0}));
    CHECK(market.state(id) == OrderState::partially_filled);
    CHECK(market.store.find(id)->leaves_qty() == Quantity{6});
    market.price(Price{51});
    market.price(Price{52});
    CHECK(market.state(id) == OrderState::filled);
    CHECK(market.store.find(id)->now().traded.value() == 4 * 50 + 4 * 51 + 2 * 52);
    CHECK(market.store.trades()[2].report_index == 3);
}

TEST_CASE("a modified order trades on its new terms", "[brokersim]") {
    Market market;
    market.price(Price{120});
    const AppOrderId id = market.place(buy_ten(Price{100}));
    REQUIRE(market.exchange.modify(market.change(id, 8, Price{110}), 1).has_value());
    CHECK(market.state(id) == OrderState::replaced);
    REQUIRE(market.exchange.modify(market.change(id, 7, Price{125}), 2).has_value());
    CHECK(market.state(id) == OrderState::filled);
    CHECK(market.store.find(id)->now().cum_qty == Quantity{7});
}

TEST_CASE("a quantity may be reduced to what is filled, not below", "[brokersim]") {
    ExchangeRules rules;
    rules.matching.fill_quantity_max = Quantity{4};
    Market market{rules};
    market.price(Price{100});
    const AppOrderId id = market.place(buy_ten(Price{100}));
    const auto less = market.exchange.modify(market.change(id, 3, Price{90}), 1);
    REQUIRE_FALSE(less.has_value());
    CHECK(less.error().field == "modifiedOrderQuantity");
    REQUIRE(market.exchange.modify(market.change(id, 4, Price{90}), 2).has_value());
    CHECK(market.state(id) == OrderState::filled);
}

TEST_CASE("a closed order is neither modified nor cancelled", "[brokersim]") {
    Market market;
    const AppOrderId id = market.place(buy_ten(Price{100}));
    REQUIRE(market.exchange.cancel("TEST", id, 1).has_value());
    CHECK(market.exchange.cancel("TEST", id, 2).error().code == Errc::not_allowed);
    CHECK(market.exchange.modify(market.change(id, 5, Price{90}), 3).error().code ==
          Errc::not_allowed);
    market.price(Price{90});
    CHECK(market.store.trades().empty());
}

TEST_CASE("another client's order is not there", "[brokersim]") {
    Market market;
    const AppOrderId id = market.place(buy_ten(Price{100}));
    CHECK(market.exchange.cancel("OTHER", id, 1).error().code == Errc::not_found);
    CHECK(market.exchange.cancel("TEST", AppOrderId{1}, 1).error().code == Errc::not_found);
}

TEST_CASE("cancelling all leaves other instruments and clients alone", "[brokersim]") {
    Market market;
    OrderRequest other_instrument = buy_ten(Price{100});
    other_instrument.instrument.token = 1;
    OrderRequest other_client = buy_ten(Price{100});
    other_client.client_id = "OTHER";
    const AppOrderId mine = market.place(buy_ten(Price{100}));
    const AppOrderId elsewhere = market.place(other_instrument);
    const AppOrderId others = market.place(other_client);
    CHECK(market.exchange.cancel_all("TEST", reliance, 1) == 1);
    CHECK(market.state(mine) == OrderState::cancelled);
    CHECK(market.state(elsewhere) == OrderState::new_);
    CHECK(market.exchange.cancel_all("TEST", std::nullopt, 2) == 1);
    CHECK(market.state(others) == OrderState::new_);
}

TEST_CASE("a repeated reference is counted, and refused only where the rules say so",
          "[brokersim]") {
    Market lenient;
    lenient.place(buy_ten(Price{100}));
    lenient.place(buy_ten(Price{100}));
    CHECK(lenient.store.repeated_references() == 1);
    ExchangeRules rules;
    rules.refuse_repeated_reference = true;
    Market strict{rules};
    strict.place(buy_ten(Price{100}));
    const auto again = strict.exchange.place(buy_ten(Price{100}), {1, 1, {}});
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().code == Errc::conflict);
}

TEST_CASE("no more orders are taken than orders_max", "[brokersim]") {
    StoreLimits limits;
    limits.orders_max = 1;
    Market market{{}, limits};
    market.place(buy_ten(Price{100}));
    const auto second = market.exchange.place(buy_ten(Price{100}), {1, 1, {}});
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().code == Errc::overloaded);
}

TEST_CASE("an order whose states are used up stays as it is, and can still be cancelled",
          "[brokersim]") {
    StoreLimits limits;
    limits.moments_per_order_max = 6;
    Market market{{}, limits};
    const AppOrderId id = market.place(buy_ten(Price{100}));
    REQUIRE(market.exchange.modify(market.change(id, 9, Price{100}), 1).has_value());
    REQUIRE(market.exchange.modify(market.change(id, 8, Price{100}), 2).has_value());
    CHECK(market.exchange.modify(market.change(id, 7, Price{100}), 3).error().code ==
          Errc::not_allowed);
    market.price(Price{50});
    CHECK(market.state(id) == OrderState::replaced);
    CHECK(market.exchange.cancel("TEST", id, 4).has_value());
}

TEST_CASE("a placement that the exchange rejects is in the book as rejected", "[brokersim]") {
    Market market;
    market.price(Price{1});
    const auto id = market.exchange.place(buy_ten(Price{100}), {1, 1, "no margin"});
    REQUIRE(id.has_value());
    CHECK(market.state(id.value()) == OrderState::rejected);
    CHECK(market.store.find(id.value())->now().text == "no margin");
    CHECK(market.store.trades().empty());
}

TEST_CASE("the store refuses events that cannot have happened", "[brokersim]") {
    OrderStore store{first, {}};
    CHECK(store.apply(OrderCancelled{first, 1, {}}).error().code == Errc::corrupt);
    OrderAccepted accepted{first, buy_ten(Price{100}), 1, 1};
    REQUIRE(store.apply(accepted).has_value());
    CHECK(store.apply(accepted).error().code == Errc::corrupt);
    CHECK(store.apply(OrderFilled{first, 2, Quantity{11}, Price{100}}).error().code ==
          Errc::corrupt);
    REQUIRE(store.apply(OrderFilled{first, 2, Quantity{10}, Price{100}}).has_value());
    CHECK(store.apply(OrderTriggered{first, 3}).error().code == Errc::corrupt);
}

TEST_CASE("what is recorded, written out and read back makes the same orders", "[brokersim]") {
    rc::prop("for every run of requests and prices", [] {
        ExchangeRules rules;
        rules.matching.fill_quantity_max = Quantity{*rc::gen::inRange<std::int64_t>(0, 12)};
        Market market{rules};
        const auto steps = *rc::gen::inRange(1, 40);
        for (int i = 0; i < steps; ++i) {
            const Price price{*rc::gen::inRange<std::int64_t>(1, 20) * 500};
            OrderRequest request = buy_ten(price);
            request.terms.side = *rc::gen::element(Side::buy, Side::sell);
            request.terms.type = *rc::gen::element(OrderType::limit, OrderType::stop_limit);
            if (request.terms.type == OrderType::stop_limit) request.terms.trigger = price;
            const AppOrderId any{first.value() + *rc::gen::inRange<std::int64_t>(0, steps)};
            switch (*rc::gen::inRange(0, 4)) {
                case 0:
                    market.place(request);
                    break;
                case 1:
                    std::ignore = market.exchange.modify({"TEST", any, request.terms, Quantity{1}},
                                                         ++market.clock);
                    break;
                case 2:
                    std::ignore = market.exchange.cancel("TEST", any, ++market.clock);
                    break;
                default:
                    market.price(price);
                    break;
            }
        }
        OrderStore copy{first, {}};
        for (const OrderEvent& event : market.events) {
            std::string line;
            append_event(line, event);
            RC_ASSERT(line.back() == '\n');
            line.pop_back();
            const auto read = parse_event(line);
            RC_ASSERT(read.has_value());
            RC_ASSERT(read.value() == event);
            RC_ASSERT(copy.apply(read.value()).has_value());
        }
        RC_ASSERT(same_orders(copy, market.store));
    });
}

}  // namespace tools::brokersim::exchange_test
