#include "executors/brokers/simulated/simulated_gateway.h"

#include "tests/executors/scripted_server.h"
#include "tests/executors/xts_samples.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace simulated_gateway_test {

namespace asio = boost::asio;
using executors::Accepted;
using executors::Book;
using executors::BookRead;
using executors::BookRow;
using executors::BookUnread;
using executors::Outcome;
using executors::Refused;
using executors::SimulatedCall;
using executors::SimulatedConduct;
using executors::SimulatedGateway;
using executors::SimulatedOptions;
using executors::SimulatedVerb;
using executors::Unknown;
using ledger::OrdStatus;

namespace {

struct Desk {
    explicit Desk(SimulatedOptions options = {}) : broker(std::move(options)) {}

    Outcome place() { return scripted::run(io, broker.place(account, order)); }

    Outcome modify(const executors::ModifyRequest& request) {
        return scripted::run(io, broker.modify(account, request));
    }

    Outcome cancel(const executors::CancelRequest& request) {
        return scripted::run(io, broker.cancel(account, request));
    }

    std::vector<BookRow> book() {
        return std::get<BookRead>(scripted::run(io, broker.order_book(account))).rows;
    }

    asio::io_context io{1};
    executors::BrokerAccount account = samples::account();
    executors::PlaceRequest order = samples::place();
    SimulatedGateway broker;
};

SimulatedOptions always(SimulatedConduct conduct) {
    SimulatedOptions options;
    options.behaviour = [conduct](const SimulatedCall& call) {
        return call.verb == SimulatedVerb::order_book ? SimulatedConduct::accept : conduct;
    };
    return options;
}

std::string id_of(const Outcome& outcome) {
    return std::get<Accepted>(outcome).broker_order_id;
}

}  // namespace

TEST_CASE("the simulated broker keeps an order until it is cancelled", "[executors]") {
    Desk desk;
    auto modify = samples::modify();
    modify.broker_order_id = id_of(desk.place());
    REQUIRE(desk.book().size() == 1);
    CHECK(desk.book().front().client_reference == desk.order.cl_ord_id.view());
    CHECK(desk.book().front().status == OrdStatus::new_);
    CHECK(desk.modify(modify) == Outcome{Accepted{modify.broker_order_id}});
    CHECK(desk.book().front().terms == modify.terms);
    auto cancel = samples::cancel();
    cancel.broker_order_id = modify.broker_order_id;
    CHECK(desk.cancel(cancel) == Outcome{Accepted{modify.broker_order_id}});
    CHECK(desk.book().front().status == OrdStatus::canceled);
    CHECK(std::holds_alternative<Refused>(desk.cancel(cancel)));
    CHECK(std::holds_alternative<Refused>(desk.modify(modify)));
    CHECK(desk.broker.accepted().size() == 1);
    CHECK(desk.broker.accepted().front().request.terms == desk.order.terms);
}

TEST_CASE("each change moves the simulated clock", "[executors]") {
    Desk desk;
    const auto first = id_of(desk.place());
    const auto placed_at = desk.book().front().updated_at_ns;
    auto modify = samples::modify();
    modify.broker_order_id = first;
    static_cast<void>(desk.modify(modify));
    CHECK(desk.book().front().updated_at_ns > placed_at);
}

TEST_CASE("the simulated broker fills at the limit price, or at the market's", "[executors]") {
    SimulatedOptions options;
    options.fill_at_once = true;
    options.market_price = ledger::Price{420'000};
    Desk desk{options};
    static_cast<void>(desk.place());
    desk.order.terms.type = ledger::OrderType::market;
    desk.order.terms.price = ledger::Price{};
    static_cast<void>(desk.place());
    desk.order.terms.type = ledger::OrderType::stop;
    desk.order.terms.trigger = ledger::Price{430'000};
    static_cast<void>(desk.place());
    const auto rows = desk.book();
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].status == OrdStatus::filled);
    CHECK(rows[0].cum_qty == desk.order.terms.quantity);
    CHECK(rows[0].avg_px == samples::place().terms.price);
    CHECK(rows[1].avg_px == ledger::Price{420'000});
    CHECK(rows[2].status == OrdStatus::new_);
}

TEST_CASE("the simulated broker's books belong to their accounts", "[executors]") {
    Desk desk;
    const auto first = id_of(desk.place());
    desk.account.account = 8;
    CHECK(desk.book().empty());
    const auto second = id_of(desk.place());
    CHECK(first != second);
    auto cancel = samples::cancel();
    cancel.broker_order_id = first;
    CHECK(std::holds_alternative<Refused>(desk.cancel(cancel)));
}

TEST_CASE("an answer that is lost hides whether the order was taken", "[executors]") {
    Desk taken{always(SimulatedConduct::accept_but_unknown)};
    CHECK(std::holds_alternative<Unknown>(taken.place()));
    CHECK(taken.book().size() == 1);
    CHECK(taken.broker.accepted().size() == 1);
    Desk dropped{always(SimulatedConduct::drop_but_unknown)};
    CHECK(std::holds_alternative<Unknown>(dropped.place()));
    CHECK(dropped.book().empty());
    CHECK(dropped.broker.accepted().empty());
}

TEST_CASE("a refused order leaves nothing, and only a throttled one may be tried again",
          "[executors]") {
    Desk refused{always(SimulatedConduct::refuse)};
    CHECK_FALSE(std::get<Refused>(refused.place()).retryable);
    Desk throttled{always(SimulatedConduct::throttle)};
    CHECK(std::get<Refused>(throttled.place()).retryable);
    CHECK(refused.broker.accepted().empty());
    CHECK(throttled.broker.accepted().empty());
}

TEST_CASE("a simulated book may fail to be read", "[executors]") {
    SimulatedOptions options;
    options.behaviour = [](const SimulatedCall& call) {
        return call.number == 2 ? SimulatedConduct::refuse : SimulatedConduct::accept;
    };
    Desk desk{options};
    static_cast<void>(desk.place());
    CHECK(std::holds_alternative<BookUnread>(
        scripted::run(desk.io, desk.broker.order_book(desk.account))));
    CHECK(desk.book().size() == 1);
}

TEST_CASE("the simulated broker refuses orders beyond its bound", "[executors]") {
    SimulatedOptions options;
    options.orders_max = 1;
    Desk desk{options};
    CHECK(std::holds_alternative<Accepted>(desk.place()));
    CHECK(std::holds_alternative<Refused>(desk.place()));
}

}  // namespace simulated_gateway_test
