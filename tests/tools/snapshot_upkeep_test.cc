#include "tools/snapshot_upkeep.h"

#include "ledger/log/memory_journal.h"
#include "projections/snapshot.h"
#include "tests/tools/tool_fixture.h"
#include "tools/signed_log.h"

#include <fstream>
#include <string>
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

TEST_CASE("a snapshot of another version is removed and made again", "[tools]") {
    const Given given;
    static_cast<void>(given.load(10));
    for (const auto& snapshot : projections::list_snapshots(given.paths.snapshots())) {
        if (snapshot.sequence < 30) continue;
        std::ofstream{snapshot.path, std::ios::binary | std::ios::trunc}
            << "clsnap01, as the version before began its snapshots";
    }
    CHECK(given.load(10).digests() == view_of(given.journal).digests());
    CHECK(given.kept() == Sequences{10, 20, 30, 40});
}

TEST_CASE("a snapshot that was changed is told of", "[tools]") {
    const Given given;
    static_cast<void>(given.load(10));
    const std::string newest = projections::list_snapshots(given.paths.snapshots()).front().path;
    std::ofstream{newest, std::ios::binary | std::ios::in | std::ios::out}.seekp(50).put('~');
    const auto view = load_and_mend(given.journal, given.paths, 10);
    REQUIRE(view.has_error());
    CHECK(view.error().code == ledger::Errc::corrupt);
    CHECK(view.error().detail.find(newest) != std::string::npos);
}

TEST_CASE("a snapshot beyond the log tells of a log that was put back", "[tools]") {
    const Given given;
    static_cast<void>(given.load(10));
    const ledger::log::MemoryJournal empty;
    const auto view = load_and_mend(empty, given.paths, 10);
    REQUIRE(view.has_error());
    CHECK(view.error().code == ledger::Errc::corrupt);
    CHECK(view.error().detail.find("the log has only 0") != std::string::npos);
    CHECK(given.kept() == Sequences{10, 20, 30, 40});
}

TEST_CASE("a snapshot is what the checkpoint of its sequence says", "[tools]") {
    const Given given;
    const auto view = given.load(10);
    const auto newest = projections::list_snapshots(given.paths.snapshots()).front();
    const auto digests = projections::read_snapshot(newest.path).value().digests();
    auto said = as_states(newest.sequence, digests);
    CHECK(check_signed_snapshot(given.paths, said).has_value());
    said.digests.front().digest[0] ^= 1;
    const auto wrong = check_signed_snapshot(given.paths, said);
    REQUIRE(wrong.has_error());
    CHECK(wrong.error().code == ledger::Errc::corrupt);
    said.version += "1";
    CHECK(check_signed_snapshot(given.paths, said).has_value());
    said = as_states(newest.sequence + 1, digests);
    CHECK(check_signed_snapshot(given.paths, said).has_value());
}

}  // namespace tools::test::snapshot_upkeep_test
