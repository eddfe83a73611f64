#include "projections/positions.h"

#include "tests/projections/live_ledger.h"
#include "tests/projections/one_order_day.h"

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace positions_test {

using namespace projections;
using namespace projections::test;
using namespace ledger;
using ledger::test::any_steps;

namespace {

Fill bought(std::int64_t quantity, std::int64_t value) {
    return {Side::buy, Quantity{quantity}, Money{value}};
}

Fill sold(std::int64_t quantity, std::int64_t value) {
    return {Side::sell, Quantity{quantity}, Money{value}};
}

Position after(const std::vector<Fill>& fills) {
    Position position;
    for (const Fill& fill : fills) position = with_fill(position, fill);
    return position;
}

void check(const Position& position, std::int64_t net, std::int64_t open_value,
           std::int64_t realised) {
    CHECK(position.net().value() == net);
    CHECK(position.open_value.value() == open_value);
    CHECK(position.realised.value() == realised);
}

std::vector<Fill> any_fills() {
    std::vector<Fill> fills;
    for (std::size_t count = any_below(30); count > 0; --count) {
        const auto quantity = static_cast<std::int64_t>(1 + any_below(20));
        const auto value = static_cast<std::int64_t>(any_below(1'000'000));
        fills.push_back(any_below(2) == 0 ? bought(quantity, value) : sold(quantity, value));
    }
    return fills;
}

// ---- I11: the same sums, made of the events alone

struct Sums {
    std::int64_t bought = 0;
    std::int64_t sold = 0;
    std::int64_t bought_value = 0;
    std::int64_t sold_value = 0;

    friend bool operator==(const Sums&, const Sums&) = default;
};

using Holding = std::tuple<AccountNumber, Segment, std::string, Product>;
using Holdings = std::map<Holding, Sums>;

class NaiveSums {
  public:
    void apply(const Event& event) {
        if (const auto* opened = std::get_if<AccountOpened>(&event.payload)) {
            identities_.emplace(opened->account, opened->identity);
        } else if (const auto* master = std::get_if<MasterOrderReported>(&event.payload)) {
            const AccountIdentity& at = identities_.at(master->account);
            instruments_.emplace(
                master_order_id(at.broker, at.broker_account, master->broker_order_id),
                master->instrument);
            add({master->account, master->instrument, master->terms},
                {master->terms.side, master->last_qty, master->last_value});
        } else if (const auto* intended = std::get_if<FollowerOrderIntended>(&event.payload)) {
            const Instrument& instrument = instruments_.at(intended->master_order);
            orders_.emplace(event.id, Order{intended->follower, instrument, intended->terms});
        } else if (const auto* report = std::get_if<FollowerOrderReported>(&event.payload)) {
            const Order& order = orders_.at(report->order);
            add(order, {order.terms.side, report->last_qty, report->last_value});
        }
    }

    [[nodiscard]] const Holdings& all() const { return holdings_; }

  private:
    struct Order {
        AccountNumber account;
        Instrument instrument;
        OrderTerms terms;
    };

    void add(const Order& order, const Fill& fill) {
        if (fill.quantity.value() == 0) return;
        Sums& sums = holdings_[{order.account, order.instrument.segment, order.instrument.token,
                                order.terms.product}];
        const bool buys = fill.side == Side::buy;
        (buys ? sums.bought : sums.sold) += fill.quantity.value();
        (buys ? sums.bought_value : sums.sold_value) += fill.value.value();
    }

    std::map<AccountNumber, AccountIdentity> identities_;
    std::map<EventId, Instrument> instruments_;  // by the master order
    std::map<EventId, Order> orders_;
    Holdings holdings_;
};

Holdings holdings_of(const LedgerView& view) {
    Holdings holdings;
    for (const Position& row : view.positions().rows()) {
        const Instrument& instrument = view.state().instruments[row.key.instrument].instrument;
        const Holding holding{row.key.account, instrument.segment, instrument.token,
                              row.key.product};
        const bool fresh =
            holdings
                .emplace(holding, Sums{row.bought.value(), row.sold.value(),
                                       row.bought_value.value(), row.sold_value.value()})
                .second;
        RC_ASSERT(fresh);
    }
    return holdings;
}

}  // namespace

TEST_CASE("buys add up at what they cost", "[projections]") {
    const Position position = after({bought(10, 1000), bought(10, 1100)});
    check(position, 20, 2100, 0);
    CHECK(position.bought.value() == 20);
    CHECK(position.bought_value.value() == 2100);
    CHECK(position.sold.value() == 0);
}

TEST_CASE("a sale realises its price less the average cost, and leaves the average as it was",
          "[projections]") {
    // Bought at 100 and 110, the average is 105; five sold at 120.
    check(after({bought(10, 1000), bought(10, 1100), sold(5, 600)}), 15, 1575, 75);
    // Later buys change the average of what is left, never what was realised.
    check(after({bought(10, 1000), sold(5, 600), bought(5, 800)}), 10, 1300, 100);
}

TEST_CASE("a short position opens at what it brought and is closed by buying", "[projections]") {
    check(after({sold(10, 1000)}), -10, 1000, 0);
    check(after({sold(10, 1000), bought(4, 360)}), -6, 600, 40);
    check(after({sold(10, 1000), bought(4, 360), bought(6, 660)}), 0, 0, -20);
}

TEST_CASE("a fill that crosses zero closes at its own price and opens the rest", "[projections]") {
    // 15 at an average of 105 closed at 90, then 5 short at 90.
    check(after({bought(15, 1575), sold(20, 1800)}), -5, 450, -225);
    check(after({sold(5, 450), bought(8, 640)}), 3, 240, 50);
}

TEST_CASE("a flat position is worth nothing and has realised all", "[projections]") {
    const Position flat =
        after({bought(10, 1000), bought(10, 1100), sold(5, 600), sold(20, 1800), bought(5, 400)});
    check(flat, 0, 0, -100);
    CHECK((flat.sold_value - flat.bought_value).value() == -100);
    check(with_fill(flat, bought(1, 70)), 1, 70, -100);
}

TEST_CASE("an average that no price can say leaves no remainder behind", "[projections]") {
    // Three for 100: each third is 33 and a third.
    check(after({bought(3, 100), sold(1, 40)}), 2, 67, 7);
    check(after({bought(3, 100), sold(1, 40), sold(1, 40)}), 1, 34, 14);
    check(after({bought(3, 100), sold(1, 40), sold(1, 40), sold(1, 40)}), 0, 0, 20);
}

TEST_CASE("what came in is what is realised and what is open, to the last unit", "[projections]") {
    rc::prop("after any fills", [] {
        Position position;
        for (const Fill& fill : any_fills()) {
            position = with_fill(position, fill);
            const Money cash = position.sold_value - position.bought_value;
            const bool is_short = position.net().value() < 0;
            const Money explained = is_short ? position.realised + position.open_value
                                             : position.realised - position.open_value;
            RC_ASSERT(cash == explained);
            RC_ASSERT(position.open_value.value() >= 0);
            if (position.net().value() == 0) RC_ASSERT(position.open_value == Money{});
        }
    });
}

TEST_CASE("whoever takes the other side realises the opposite", "[projections]") {
    rc::prop("fill for fill", [] {
        Position position;
        Position mirrored;
        for (const Fill& fill : any_fills()) {
            position = with_fill(position, fill);
            const Side other = fill.side == Side::buy ? Side::sell : Side::buy;
            mirrored = with_fill(mirrored, {other, fill.quantity, fill.value});
            RC_ASSERT(mirrored.net() == Quantity{} - position.net());
            RC_ASSERT(mirrored.open_value == position.open_value);
            RC_ASSERT(mirrored.realised == Money{} - position.realised);
        }
    });
}

TEST_CASE(
    "I11 positions are the sum of fills, per account, instrument and product, at every "
    "sequence",
    "[projections]") {
    rc::prop("against a sum made of the events alone", [] {
        const LiveLedger& live = lived(*any_steps(2));
        LedgerView view;
        NaiveSums naive;
        for (const Event& event : live.events()) {
            view.apply(event);
            naive.apply(event);
            RC_ASSERT(holdings_of(view) == naive.all());
        }
    });
}

TEST_CASE("I11 the fills of a position are those of its orders", "[projections]") {
    rc::prop("CumQty and its value, by account", [] {
        const LiveLedger& live = lived(*any_steps(2));
        std::map<AccountNumber, std::pair<Quantity, Money>> of_orders;
        const auto add = [&](AccountNumber account, const auto& order) {
            auto& [quantity, value] = of_orders[account];
            quantity = quantity + order.cum_qty;
            value = value + order.cum_value;
        };
        for (const auto& order : live.state().master_orders) add(order.account, order);
        for (const auto& order : live.state().follower_orders) add(order.follower, order);
        for (const Position& row : live.view().positions().rows()) {
            auto& [quantity, value] = of_orders[row.key.account];
            quantity = quantity - row.bought - row.sold;
            value = value - row.bought_value - row.sold_value;
        }
        for (const auto& [account, left] : of_orders) {
            RC_ASSERT(left.first == Quantity{});
            RC_ASSERT(left.second == Money{});
        }
    });
}

TEST_CASE("I11 a fill whose report names no product is the order's", "[projections]") {
    Day day;
    MasterOrderReported placed = report(MasterEventType::new_, 100);
    placed.broker_order_id = "M-2";
    placed.terms.product = Product::delivery;
    day.live.says(ReportMasterOrder{placed});
    MasterOrderReported fill = placed;
    fill.type = MasterEventType::fill;
    fill.terms.product = Product::intraday;  // the default
    fill.cum_qty = Quantity{40};
    fill.avg_px = Price{14'050'500};
    day.live.says(ReportMasterOrder{fill});
    const auto& rows = day.live.view().positions().rows();
    REQUIRE(rows.size() == 1);
    CHECK(rows.begin()->key.product == Product::delivery);
    CHECK(rows.begin()->bought == Quantity{40});
}

}  // namespace positions_test
