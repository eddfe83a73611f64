#include "tools/snapshot_upkeep.h"

#include "ledger/log/memory_journal.h"
#include "projections/snapshot.h"
#include "tests/tools/tool_fixture.h"

#include <fstream>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::snapshot_upkeep_test {

namespace {

using Sequences = std::vector<std::uint64_t>;

struct Given {
    Given() : sample{journal} {
        for (int i = 0; i < 20; ++i) sample.tell_order("M-" + std::to_string(i));
    }

    [[nodiscard]] projections::LedgerView load(std::uint64_t every_events) const {
        auto view = load_and_mend(journal, paths, every_events);
        if (!view) FAIL(view.error().detail);
        return std::move(view).value();
    }

    // Of those that can be read, ascending.
    [[nodiscard]] Sequences kept() const {
        Sequences sequences;
        for (const auto& snapshot : projections::list_snapshots(paths.snapshots())) {
            CHECK(projections::read_snapshot(snapshot.path).has_value());
            sequences.insert(sequences.begin(), snapshot.sequence);
        }
        return sequences;
    }

    ledger::log::MemoryJournal journal;
    SampleLedger sample;
    TemporaryDirectory directory;
    DataPaths paths{directory.path()};
};

}  // namespace

TEST_CASE("a start without snapshots leaves them on its way", "[tools]") {
    const Given given;
    REQUIRE(given.journal.last_sequence() == 43);
    CHECK(given.load(10).digests() == view_of(given.journal).digests());
    CHECK(given.kept() == Sequences{10, 20, 30, 40});
    CHECK(given.load(10).digests() == view_of(given.journal).digests());
    CHECK(given.kept() == Sequences{10, 20, 30, 40});
}

TEST_CASE("a snapshot that is of no use is removed and made again", "[tools]") {
    const Given given;
    static_cast<void>(given.load(10));
    for (const auto& snapshot : projections::list_snapshots(given.paths.snapshots())) {
        if (snapshot.sequence < 30) continue;
        std::ofstream{snapshot.path, std::ios::binary | std::ios::trunc} << "of another version";
    }
    CHECK(given.load(10).digests() == view_of(given.journal).digests());
    CHECK(given.kept() == Sequences{10, 20, 30, 40});
}

TEST_CASE("a snapshot beyond the log is of another one", "[tools]") {
    Given given;
    static_cast<void>(given.load(10));
    const ledger::log::MemoryJournal empty;
    const auto view = load_and_mend(empty, given.paths, 10);
    REQUIRE(view.has_value());
    CHECK(view.value().sequence() == 0);
    CHECK(given.kept().empty());
}

}  // namespace tools::test::snapshot_upkeep_test
