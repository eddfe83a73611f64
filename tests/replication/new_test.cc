#include "tests/replication/given.h"

#include <catch2/catch.hpp>

namespace ledger::replication::test::new_test {

namespace {

constexpr std::uint32_t many = 500;

// A master with `many` followers.
struct Crowd {
    World world;
    AccountNumber master = world.opens_master();

    Crowd() {
        for (std::uint32_t i = 0; i < many; ++i) {
            world.links(master, world.opens_follower("F-" + std::to_string(i)));
        }
    }
};

}  // namespace

TEST_CASE("a new order becomes one intent with the master's terms and the link's size",
          "[replication]") {
    Pair pair({.ratio = "0.29"});
    const Answer answer = pair.world.reports_new({.quantity = 100, .price = 15'000'000});
    CHECK(kinds(answer) == Kinds{"MasterOrderReported", "FollowerOrderIntended"});
    const auto* intended = only<FollowerOrderIntended>(answer);
    REQUIRE(intended != nullptr);
    CHECK(intended->terms.quantity.value() == 29);
    CHECK(intended->terms.type == OrderType::limit);
    CHECK(intended->terms.price.value() == 15'000'000);
    CHECK(intended->figures.raw_quantity.value() == 29);
    CHECK(pair.row().status == OrdStatus::intended);
}

TEST_CASE("price and trigger of every order type reach the follower", "[replication]") {
    for (const OrderType type : {OrderType::limit, OrderType::stop, OrderType::stop_limit}) {
        Pair pair;
        MasterOrderReported report = report_of(pair.master, MasterEventType::new_, {});
        report.terms.type = type;
        report.terms.price = Price{has_limit_price(type) ? 1'005'000 : 0};
        report.terms.trigger = Price{has_trigger(type) ? 1'000'000 : 0};
        pair.world.submit(ReportMasterOrder{report});
        CHECK(pair.row().terms == report.terms);
    }
}

TEST_CASE("what follows from an event names it as its cause", "[replication]") {
    Pair pair;
    const Answer answer = pair.world.reports_new({.version = 5});
    REQUIRE(answer.events.size() == 2);
    const Event& cause = answer.events[0];
    CHECK(cause.correlation == cause.id);
    CHECK(answer.events[1].causation == cause.id);
    CHECK(answer.events[1].correlation == cause.id);
    CHECK(answer.events[1].occurred_at_ns == 5);
}

TEST_CASE("a disabled or closed follower is skipped, and enabled again is not", "[replication]") {
    Pair pair;
    pair.world.enables(pair.follower, false);
    CHECK(skips(pair.world.reports_new({.order = "A"})) == Reasons{SkipReason::account_disabled});
    pair.world.enables(pair.follower, true);
    CHECK(skips(pair.world.reports_new({.order = "B"})).empty());
    pair.world.submit(CloseAccount{pair.follower});
    CHECK(skips(pair.world.reports_new({.order = "C"})) == Reasons{SkipReason::account_closed});
}

TEST_CASE("orders of a disabled master are skipped for every follower", "[replication]") {
    Pair pair;
    pair.world.enables(pair.master, false);
    CHECK(skips(pair.world.reports_new()) == Reasons{SkipReason::account_disabled});
}

TEST_CASE("an inactive link copies nothing and has no outcome", "[replication]") {
    Pair pair({.ratio = "1", .active = false});
    CHECK(kinds(pair.world.reports_new()) == Kinds{"MasterOrderReported"});
}

TEST_CASE("a new order below one lot is skipped with its figures", "[replication]") {
    Pair pair({.ratio = "0.5"});
    pair.world.defines({Segment::nse_cash, "2885", "RELIANCE"}, 75);
    const Answer answer = pair.world.reports_new({.quantity = 100});
    const auto* skipped = only<FollowerOrderSkipped>(answer);
    REQUIRE(skipped != nullptr);
    CHECK(skipped->reason == SkipReason::below_min_lot);
    CHECK(skipped->action == IntentKind::new_);
    CHECK(skipped->figures.raw_quantity.value() == 50);
    CHECK(skipped->figures.lot_size.value() == 75);
}

TEST_CASE("a new order too large to hold is skipped", "[replication]") {
    Pair pair({.ratio = "2"});
    CHECK(skips(pair.world.reports_new({.quantity = quantity_max})) ==
          Reasons{SkipReason::quantity_overflow});
}

TEST_CASE("a new order of an already cancelled master order is never copied", "[replication]") {
    Pair pair;
    CHECK(skips(pair.world.reports_cancel({.version = 2})) == Reasons{SkipReason::no_mapped_order});
    CHECK(skips(pair.world.reports_new({.version = 1})) == Reasons{SkipReason::master_order_dead});
    CHECK(pair.world.state().follower_orders.size() == 0);
}

TEST_CASE("a rejected master order is not copied either", "[replication]") {
    Pair pair;
    pair.world.reports(MasterEventType::rejected, {.version = 2});
    CHECK(skips(pair.world.reports_new({.version = 1})) == Reasons{SkipReason::master_order_dead});
}

TEST_CASE("an instrument in no file is copied in cash alone, or as the policy says",
          "[replication]") {
    const MasterSays cash{.order = "A"};
    const MasterSays future{.order = "B", .token = "35001", .segment = Segment::nse_derivatives};
    const auto both = [&](UnknownInstrument policy) {
        Pair pair({}, Policy{.unknown_instrument = policy});
        return std::pair{skips(pair.world.reports_new(cash)),
                         skips(pair.world.reports_new(future))};
    };
    const Reasons refused{SkipReason::instrument_refused};
    CHECK(both(UnknownInstrument::cash_only) == std::pair{Reasons{}, refused});
    CHECK(both(UnknownInstrument::refuse) == std::pair{refused, refused});
    CHECK(both(UnknownInstrument::allow) == std::pair{Reasons{}, Reasons{}});
}

TEST_CASE("a defined instrument is copied in its lots wherever it trades", "[replication]") {
    Pair pair({}, Policy{.unknown_instrument = UnknownInstrument::refuse});
    pair.world.defines({Segment::nse_derivatives, "35001", "NIFTY26NOVFUT"}, 75);
    pair.world.reports_new(
        {.quantity = 200, .token = "35001", .segment = Segment::nse_derivatives});
    CHECK(pair.row().terms.quantity.value() == 150);
}

TEST_CASE("a fill is recorded and copied by nobody", "[replication]") {
    Pair pair;
    pair.world.reports_new({.version = 1});
    const Answer answer = pair.world.reports_fill({.version = 2, .filled = 40, .average = 1'000});
    CHECK(kinds(answer) == Kinds{"MasterOrderReported"});
    CHECK(only<MasterOrderReported>(answer)->last_qty.value() == 40);
    CHECK(only<MasterOrderReported>(answer)->last_value.value() == 40'000);
}

TEST_CASE("each active link has exactly one outcome of NEW, MODIFY and CANCEL", "[replication]") {
    Crowd crowd;
    // Every third disabled, every seventh removed.
    std::uint32_t active = many;
    for (std::uint32_t i = 0; i < many; ++i) {
        const AccountNumber follower{i + 2};
        if (i % 3 == 0) crowd.world.enables(follower, false);
        if (i % 7 == 0) crowd.world.submit(RemoveLink{crowd.master, follower});
        if (i % 7 == 0) --active;
    }
    CHECK(crowd.world.reports_new({.version = 1}).events.size() == active + 1);
    CHECK(crowd.world.reports_modify({.quantity = 90, .version = 2}).events.size() == active + 1);
    CHECK(crowd.world.reports_cancel({.version = 3}).events.size() == active + 1);
}

TEST_CASE("what cannot be an order is refused and names the field", "[replication]") {
    Pair pair;
    const auto refused = [&](const MasterOrderReported& report) {
        Command command;
        command.payload = ReportMasterOrder{report};
        const auto admitted = admit(pair.world.state(), Policy{}, command, 0);
        return admitted.has_value() ? std::string{} : admitted.error().field;
    };
    const auto good = report_of(pair.master, MasterEventType::new_, {});
    auto report = good;
    report.terms.quantity = Quantity{-5};
    CHECK(refused(report) == "quantity");
    report = good;
    report.terms.type = OrderType::limit;
    CHECK(refused(report) == "price");
    report = good;
    report.cum_qty = Quantity{-1};
    CHECK(refused(report) == "filled_quantity");
    report = good;
    report.avg_px = Price{-1};
    CHECK(refused(report) == "average_price");
    report = good;
    report.broker_order_id.clear();
    CHECK(refused(report) == "order_id");
    report = good;
    report.account = pair.follower;
    CHECK(refused(report) == "account_id");
    report.account = AccountNumber{77};
    CHECK(refused(report) == "account_id");
    CHECK(refused(good).empty());
}

TEST_CASE("the value of absurd fills does not overflow", "[replication]") {
    Pair pair;
    const std::int64_t dear = price_max;
    pair.world.reports_new({.quantity = 20'000'000, .price = dear, .version = 1});
    pair.world.reports_fill(
        {.quantity = 20'000'000, .price = dear, .version = 2, .filled = 9'000'000});
    const Answer answer = pair.world.reports_fill(
        {.quantity = 20'000'000, .price = dear, .version = 3, .filled = 18'000'000});
    CHECK(only<MasterOrderReported>(answer)->last_qty.value() == 9'000'000);
    CHECK(pair.world.state().master_orders[0].cum_value.value() == 9'000'000 * dear);
}

}  // namespace ledger::replication::test::new_test
