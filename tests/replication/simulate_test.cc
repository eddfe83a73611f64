// A dry run says what recording would do, and changes nothing.
#include "ledger/replication/simulate.h"

#include "ledger/replication/state_codec.h"
#include "tests/replication/random_desk.h"

#include <array>
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::replication::test::simulate_test {

namespace {

Result<std::vector<Consequence>> simulated(const Desk& desk, MasterEventType type,
                                           const MasterSays& says) {
    return simulate(desk.state(), desk.policy(), desk.last_prices(),
                    report_of(says.master, type, says), desk.now_ns());
}

std::string bytes_of(const State& state) {
    ByteWriter out;
    for (const Section section : sections) serialize(state, section, out);
    return std::move(out.bytes());
}

// What follows from the report when it is recorded is what was foretold.
bool is_as_foretold(const std::vector<Consequence>& foretold, const Answer& answer) {
    const std::size_t follow = answer.events.empty() ? 0 : answer.events.size() - 1;
    if (foretold.size() != follow) return false;
    for (std::size_t i = 0; i < foretold.size(); ++i) {
        const Event& event = answer.events[i + 1];
        if (foretold[i].id != event.id || foretold[i].payload != event.payload) return false;
    }
    return true;
}

MasterSays any_report(const Desk& desk) {
    const auto& orders = desk.state().master_orders;
    MasterSays says{.order = "fresh"};
    says.side = any_below(2) == 0 ? Side::buy : Side::sell;
    says.quantity = static_cast<std::int64_t>(1 + any_below(300));
    if (orders.size() == 0) return says;
    const MasterOrder& order = orders[static_cast<RowIndex>(any_below(orders.size()))];
    if (any_below(3) != 0) {
        says.order = order.broker_order_id;
        says.side = order.terms.side;
    }
    says.master = order.account;
    says.price = order.terms.price.value();
    says.filled = any_below(2) == 0 ? order.terms.quantity.value() : order.cum_qty.value();
    return says;
}

}  // namespace

TEST_CASE("a dry run tells per follower what would be sent or skipped, and why", "[replication]") {
    Desk desk;
    const AccountNumber half = desk.joins({.ratio = ratio_of("0.5")});
    const AccountNumber halted = desk.joins();
    desk.halts(halted);
    const auto foretold = simulated(desk, MasterEventType::new_, {});
    REQUIRE(foretold.has_value());
    REQUIRE(foretold.value().size() == 2);
    const auto* sent = std::get_if<FollowerOrderIntended>(&foretold.value()[0].payload);
    const auto* skip = std::get_if<FollowerOrderSkipped>(&foretold.value()[1].payload);
    REQUIRE(sent != nullptr);
    REQUIRE(skip != nullptr);
    CHECK(sent->follower == half);
    CHECK(sent->terms.quantity.value() == 50);
    CHECK(skip->reason == SkipReason::kill_switch);
    CHECK(desk.orders(half).empty());
    CHECK(is_as_foretold(foretold.value(), desk.reports_new()));
}

TEST_CASE("a dry run refuses what would be refused", "[replication]") {
    Desk desk;
    MasterSays says;
    says.quantity = 0;
    CHECK_FALSE(simulated(desk, MasterEventType::new_, says).has_value());
    says.master = AccountNumber{9};
    CHECK_FALSE(simulated(desk, MasterEventType::new_, says).has_value());
}

TEST_CASE("a dry run of the fill that makes a master flat tells what is closed", "[replication]") {
    Desk desk;
    desk.places("other", {.side = Side::buy, .quantity = 1, .price = rupee});
    const AccountNumber follower = desk.joins();
    const Trade out{.side = Side::sell, .quantity = 100};
    desk.buys("in", 100);
    desk.everything_fills();
    MasterSays ended{.order = "other"};
    desk.reports_cancel(ended);
    desk.places("out", out);
    desk.starts(desk.placing(follower, "out"));
    desk.rejected(desk.placing(follower, "out"));
    MasterSays fill{.order = "out"};
    fill.side = Side::sell;
    fill.filled = 100;
    fill.average = rupee;
    const auto foretold = simulated(desk, MasterEventType::fill, fill);
    REQUIRE(foretold.has_value());
    CHECK(foretold.value().size() == 1);
    CHECK(is_as_foretold(foretold.value(), desk.fills("out", out, 100)));
}

TEST_CASE("a dry run of any report at any moment is what recording it gives", "[replication]") {
    rc::prop("after any day", [] {
        using enum MasterEventType;
        constexpr std::array types{new_, modified, canceled, fill};
        const Steps steps = *any_steps();
        Desk desk = busy_desk(5);
        for (const Step& step : steps) day_goes_on(desk, step);
        const MasterSays says = any_report(desk);
        const MasterEventType type = types[any_below(types.size())];
        const std::string before = bytes_of(desk.state());
        const auto foretold = simulated(desk, type, says);
        RC_ASSERT(bytes_of(desk.state()) == before);
        const Answer answer = desk.reports(type, says);
        // Whether the log has the very same report is for the log to say.
        if (answer.duplicate || answer.refused == Errc::conflict) return;
        RC_ASSERT(foretold.has_value() == !answer.refused.has_value());
        if (foretold) RC_ASSERT(is_as_foretold(foretold.value(), answer));
    });
}

}  // namespace ledger::replication::test::simulate_test
