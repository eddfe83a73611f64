// I10 and what it rests on, over random trading days.
#include "ledger/replication/state_codec.h"
#include "tests/replication/random_desk.h"
#include "tests/replication/tallies.h"

#include <array>
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::replication::test::flat_test {

namespace {

Desk any_desk() {
    constexpr std::array<std::int64_t, 3> lots{1, 5, 25};
    return busy_desk(lots[any_below(lots.size())]);
}

std::string trapped_in(const State& state) {
    for (const CopiedPosition& position : state.copied_positions) {
        if (position.filled.value() == 0 || position.close_failed) continue;
        const Link& link = state.links[position.link];
        return "follower " + std::to_string(link.follower.value()) + " still holds " +
               std::to_string(position.filled.value()) + " of master " +
               std::to_string(link.master.value());
    }
    return {};
}

}  // namespace

TEST_CASE("I10 flat means flat once everything is done", "[replication]") {
    rc::prop("over any day, whatever the limits", [] {
        const Steps steps = *any_steps();
        Desk desk = any_desk();
        for (const Step& step : steps) day_goes_on(desk, step);
        masters_go_flat(desk);
        RC_ASSERT(desk.repeated_ids() == 0U);
        const std::string trapped = trapped_in(desk.state());
        if (!trapped.empty()) RC_FAIL(trapped);
    });
}

TEST_CASE("I11 usages, leaves and positions are what all orders add up to", "[replication]") {
    rc::prop("after every event of any day", [] {
        const Steps steps = *any_steps();
        Desk desk = any_desk();
        for (const Step& step : steps) {
            day_goes_on(desk, step);
            const std::string wrong = wrong_tally_of(desk);
            if (!wrong.empty()) RC_FAIL(wrong);
        }
    });
}

TEST_CASE("I5 every section of a busy day comes back from its bytes", "[replication]") {
    rc::prop("over any day", [] {
        const Steps steps = *any_steps();
        Desk desk = any_desk();
        for (const Step& step : steps) day_goes_on(desk, step);
        State copy;
        for (const Section section : sections) {
            ByteWriter out;
            serialize(desk.state(), section, out);
            RC_ASSERT(restore(copy, section, out.bytes()).has_value());
        }
        for (const Section section : sections) {
            ByteWriter before;
            ByteWriter after;
            serialize(desk.state(), section, before);
            serialize(copy, section, after);
            RC_ASSERT(before.bytes() == after.bytes());
        }
    });
}

}  // namespace ledger::replication::test::flat_test
