#include "tools/data_directory.h"

#include "ledger/log/memory_journal.h"
#include "ledger/log/record_codec.h"
#include "projections/snapshot.h"
#include "tests/tools/tool_fixture.h"

#include <fstream>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::data_directory_test {

namespace {

using ledger::Errc;
using ledger::log::JournalEntry;
using ledger::log::MemoryJournal;
using ledger::log::RocksdbJournal;
using projections::LedgerView;

void tell_orders(SampleLedger& ledger, int count) {
    for (int i = 0; i < count; ++i) ledger.tell_order("M-" + std::to_string(i));
}

LedgerView loaded(const ledger::log::Journal& journal, const DataPaths& paths, std::uint64_t last) {
    auto view = load_view(journal, paths, last);
    if (!view) FAIL(view.error().detail);
    return std::move(view).value();
}

// The digests of a fold that stops at `last`.
std::vector<projections::Digest> digests_at(const ledger::log::Journal& journal,
                                            std::uint64_t last) {
    LedgerView view;
    REQUIRE(fold(journal, last, view).has_value());
    return view.digests();
}

}  // namespace

TEST_CASE("a fold can be stopped and gone on with", "[tools]") {
    MemoryJournal journal;
    SampleLedger ledger{journal};
    tell_orders(ledger, 5);
    LedgerView view;
    REQUIRE(fold(journal, 6, view).has_value());
    CHECK(view.sequence() == 6);
    REQUIRE(fold(journal, journal.last_sequence(), view).has_value());
    CHECK(view.sequence() == 13);
    CHECK(view.digests() == digests_at(journal, 13));
    REQUIRE(fold(journal, 1, view).has_value());
    CHECK(view.sequence() == 13);
}

TEST_CASE("a record at another's place in the log is corrupt, and is not folded", "[tools]") {
    MemoryJournal journal;
    SampleLedger ledger{journal};
    const std::string first = journal.read(1).value();
    const JournalEntry again{first, {}, {}};
    REQUIRE(journal.append({&again, 1}).has_value());
    LedgerView view;
    const auto folded = fold(journal, journal.last_sequence(), view);
    REQUIRE_FALSE(folded.has_value());
    CHECK(folded.error().code == Errc::corrupt);
    CHECK(view.sequence() == 3);
}

TEST_CASE("a record that cannot be read ends the fold", "[tools]") {
    MemoryJournal journal;
    const std::string nonsense = "no record";
    const JournalEntry entry{nonsense, {}, {}};
    REQUIRE(journal.append({&entry, 1}).has_value());
    LedgerView view;
    const auto folded = fold(journal, 1, view);
    REQUIRE_FALSE(folded.has_value());
    CHECK(folded.error().code == Errc::corrupt);
}

TEST_CASE("the view of a directory is the fold of its log, with and without snapshots", "[tools]") {
    const TemporaryDirectory directory;
    const DataPaths paths{directory.path()};
    auto journal =
        RocksdbJournal::open({.directory = paths.directory, .read_only = false, .sync = false});
    REQUIRE(journal.has_value());
    SampleLedger ledger{*journal.value()};
    tell_orders(ledger, 10);
    const std::uint64_t last = journal.value()->last_sequence();
    CHECK(loaded(*journal.value(), paths, last).digests() == digests_at(*journal.value(), last));

    LedgerView early;
    REQUIRE(fold(*journal.value(), 9, early).has_value());
    REQUIRE(projections::write_snapshot(early, paths.snapshots()).has_value());
    for (const std::uint64_t at : {last, std::uint64_t{9}, std::uint64_t{8}, std::uint64_t{0}}) {
        const LedgerView view = loaded(*journal.value(), paths, at);
        CHECK(view.sequence() == at);
        CHECK(view.digests() == digests_at(*journal.value(), at));
    }
}

TEST_CASE("a snapshot is what the fold starts from, not the log's beginning", "[tools]") {
    const TemporaryDirectory directory;
    const DataPaths paths{directory.path()};
    MemoryJournal journal;
    SampleLedger ledger{journal};
    REQUIRE(projections::write_snapshot(view_of(journal), paths.snapshots()).has_value());

    // The same sequences, but nothing that can be read before the snapshot.
    MemoryJournal forgetful;
    tell_orders(ledger, 2);
    const std::string nonsense = "no record";
    for (std::uint64_t sequence = 1; sequence <= journal.last_sequence(); ++sequence) {
        const std::string record = sequence <= 3 ? nonsense : journal.read(sequence).value();
        const JournalEntry entry{record, {}, {}};
        REQUIRE(forgetful.append({&entry, 1}).has_value());
    }
    const std::uint64_t last = journal.last_sequence();
    CHECK(loaded(forgetful, paths, last).digests() == digests_at(journal, last));
}

TEST_CASE("a snapshot that cannot be used is passed over", "[tools]") {
    const TemporaryDirectory directory;
    const DataPaths paths{directory.path()};
    MemoryJournal journal;
    SampleLedger ledger{journal};
    REQUIRE(projections::write_snapshot(view_of(journal), paths.snapshots()).has_value());
    tell_orders(ledger, 2);
    const auto newest = projections::write_snapshot(view_of(journal), paths.snapshots());
    REQUIRE(newest.has_value());
    std::ofstream{newest.value().path, std::ios::binary | std::ios::trunc} << "damaged";
    tell_orders(ledger, 1);
    const std::uint64_t last = journal.last_sequence();
    CHECK(loaded(journal, paths, last).digests() == digests_at(journal, last));
}

}  // namespace tools::test::data_directory_test
