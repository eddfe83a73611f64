// I5 for the core alone: the same commands give the same log, the log gives the same state.
#include "ledger/replication/evolve.h"
#include "ledger/replication/state_codec.h"
#include "tests/replication/random_run.h"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::replication::test::replay_test {

namespace {

World run_of(const Steps& steps) {
    World world = fleet();
    for (const Step& step : steps) anything_happens(world, step);
    return world;
}

std::string bytes_of(const State& state) {
    ByteWriter out;
    for (const Section section : sections) serialize(state, section, out);
    return std::move(out.bytes());
}

State restored(const State& state) {
    State copy;
    for (const Section section : sections) {
        ByteWriter out;
        serialize(state, section, out);
        RC_ASSERT(restore(copy, section, out.bytes()).has_value());
    }
    copy.sequence = state.sequence;
    copy.recorded_at_ns = state.recorded_at_ns;
    return copy;
}

}  // namespace

TEST_CASE("I5 the same commands make the same events", "[replication]") {
    rc::prop("over any run", [] {
        const Steps steps = *any_steps();
        const World once = run_of(steps);
        const World again = run_of(steps);
        RC_ASSERT(once.log() == again.log());
        RC_ASSERT(bytes_of(once.state()) == bytes_of(again.state()));
    });
}

TEST_CASE("I5 folding the log gives, byte for byte, the state that made it", "[replication]") {
    rc::prop("over any run", [] {
        const Steps steps = *any_steps();
        const World live = run_of(steps);
        State folded;
        for (const Event& event : live.log()) evolve(folded, event);
        RC_ASSERT(bytes_of(folded) == bytes_of(live.state()));
        RC_ASSERT(folded.sequence == live.state().sequence);
    });
}

TEST_CASE("I5 folding from any snapshot gives the state that folding from the start gives",
          "[replication]") {
    rc::prop("over any run, a snapshot before each event", [] {
        const Steps steps = *any_steps();
        const World live = run_of(steps);
        State folded;
        State resumed;
        for (const Event& event : live.log()) {
            resumed = restored(resumed);
            evolve(folded, event);
            evolve(resumed, event);
            RC_ASSERT(bytes_of(resumed) == bytes_of(folded));
        }
    });
}

TEST_CASE("I5 every event has its sequence, its cause before it, and no time runs back",
          "[replication]") {
    rc::prop("over any run", [] {
        const Steps steps = *any_steps();
        const World world = run_of(steps);
        std::map<EventId, std::uint64_t> sequences;
        std::int64_t latest_ns = 0;
        for (const Event& event : world.log()) {
            RC_ASSERT(event.sequence == sequences.size() + 1);
            RC_ASSERT(event.causation.is_zero() || sequences.contains(event.causation));
            RC_ASSERT(event.correlation == event.id || sequences.contains(event.correlation));
            RC_ASSERT(event.recorded_at_ns >= latest_ns);
            latest_ns = event.recorded_at_ns;
            sequences.emplace(event.id, event.sequence);
        }
    });
}

}  // namespace ledger::replication::test::replay_test
