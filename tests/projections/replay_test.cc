#include "ledger/replication/state_codec.h"
#include "projections/snapshot.h"
#include "tests/projections/live_ledger.h"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace replay_test {

using namespace projections;
using namespace projections::test;
using ledger::Event;
using ledger::log::test::ScratchDirectory;
using ledger::test::any_steps;

namespace {

std::string bytes_of_state(const ledger::replication::State& state) {
    return ledger::test::bytes_of(state);
}

// The state at `last` from the newest snapshot at or before it and the events since.
LedgerView as_of(const std::string& directory, const std::vector<Event>& events,
                 std::uint64_t last) {
    LedgerView view;
    for (const SnapshotInfo& snapshot : list_snapshots(directory)) {
        if (snapshot.sequence > last) continue;
        view = read_snapshot(snapshot.path).value();
        break;
    }
    fold(events, last, view);
    return view;
}

}  // namespace

TEST_CASE("I5 a fold from sequence 1 is the live view, digest by digest", "[projections]") {
    rc::prop("replay equals live", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = live.events();
        const LedgerView replayed = folded(events, events.size());
        RC_ASSERT(live.view().sequence() == events.size());
        RC_ASSERT(replayed.digests() == live.view().digests());
        RC_ASSERT(bytes_of(replayed) == bytes_of(live.view()));
        RC_ASSERT(bytes_of_state(live.view().state()) == bytes_of_state(live.state()));
    });
}

TEST_CASE("I5 a fold from any snapshot is the live view, byte by byte", "[projections]") {
    const ScratchDirectory scratch;
    rc::prop("a snapshot is the view that it was made of, and goes on as it does", [&] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = live.events();
        const std::uint64_t cut = any_below(events.size() + 1);
        const LedgerView before = folded(events, cut);
        const auto written = write_snapshot(before, scratch.path());
        RC_ASSERT(written.has_value());
        RC_ASSERT(written.value().sequence == cut);

        LedgerView restored = read_snapshot(written.value().path).value();
        RC_ASSERT(bytes_of(restored) == bytes_of(before));
        RC_ASSERT(restored.digests() == before.digests());
        // What the bytes leave out would be equal in them.
        RC_ASSERT(shown_by(restored) == shown_by(before));
        fold(events, events.size(), restored);
        RC_ASSERT(bytes_of(restored) == bytes_of(live.view()));
        RC_ASSERT(restored.digests() == live.view().digests());
        RC_ASSERT(shown_by(restored) == shown_by(live.view()));
        std::filesystem::remove(written.value().path);
    });
}

TEST_CASE("I12 the state as of N is the fold of events 1 to N and nothing else", "[projections]") {
    rc::prop("whichever snapshots there are", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = live.events();
        const ScratchDirectory scratch;
        for (std::size_t count = any_below(3); count > 0; --count) {
            const LedgerView view = folded(events, any_below(events.size() + 1));
            RC_ASSERT(write_snapshot(view, scratch.path()).has_value());
        }
        for (int looks = 0; looks < 4; ++looks) {
            const std::uint64_t last = any_below(events.size() + 1);
            const LedgerView prefix = folded(events, last);
            const LedgerView found = as_of(scratch.path(), events, last);
            RC_ASSERT(found.sequence() == last);
            RC_ASSERT(found.digests() == prefix.digests());
            RC_ASSERT(bytes_of(found) == bytes_of(prefix));
        }
    });
}

TEST_CASE("the random runs behind these tests meet events of every kind", "[projections]") {
    std::set<std::string_view> kinds;
    rc::prop("taken together", [&] {
        const LiveLedger& live = lived(*any_steps(2));
        for (const Event& event : live.events()) kinds.insert(kind_of(event.payload));
    });
    for (const std::string_view kind : kinds) UNSCOPED_INFO(kind);
    CHECK(kinds.size() == ledger::Payload::kinds);
}

TEST_CASE("restoring a projection and serialising it is the identity", "[projections]") {
    rc::prop("each from its own bytes", [] {
        const LiveLedger& live = lived(*any_steps(1));
        LedgerView restored;
        for (const std::string_view name : LedgerView::projection_names()) {
            const std::string bytes = live.view().serialize(name);
            RC_ASSERT(restored.restore(name, bytes).has_value());
            RC_ASSERT(restored.serialize(name) == bytes);
        }
    });
}

TEST_CASE("the bytes of a projection with any of them missing are refused", "[projections]") {
    LiveLedger live;
    live.runs(ledger::test::Steps(40, {0, 1, 2, 3}));
    for (const std::string_view name : LedgerView::projection_names()) {
        const std::string bytes = live.view().serialize(name);
        INFO(name);
        REQUIRE_FALSE(bytes.empty());
        for (const std::size_t size : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
            LedgerView view;
            // The sections before it, which it may look into.
            for (const std::string_view earlier : LedgerView::projection_names()) {
                if (earlier == name) break;
                REQUIRE(view.restore(earlier, live.view().serialize(earlier)));
            }
            const auto restored = view.restore(name, std::string_view{bytes}.substr(0, size));
            REQUIRE_FALSE(restored);
            CHECK(restored.error().code == ledger::Errc::corrupt);
        }
    }
    LedgerView view;
    CHECK(view.restore("no such projection", "").error().code == ledger::Errc::corrupt);
}

TEST_CASE("equal views have equal digests, and each projection has its own", "[projections]") {
    LiveLedger live;
    live.runs({});
    const auto events = live.events();
    const auto digests = live.view().digests();
    REQUIRE(digests.size() == LedgerView::projection_names().size());
    for (std::size_t i = 0; i < digests.size(); ++i) {
        CHECK(digests[i].projection == LedgerView::projection_names()[i]);
        CHECK(digests[i].digest ==
              ledger::log::checksum_of(live.view().serialize(digests[i].projection)));
    }
    // The last event links two accounts and concerns no order.
    const auto earlier = folded(events, events.size() - 1).digests();
    for (std::size_t i = 0; i < digests.size(); ++i) {
        const std::string_view name = digests[i].projection;
        const bool changes = name == "links" || name == "audit";
        INFO(name);
        CHECK((digests[i] != earlier[i]) == changes);
    }
}

}  // namespace replay_test
