// A log whose beginning was archived: what it says then, with the archive at hand and without, and
// that no crash leaves half of it.
#include "ledger/log/entity_keys.h"
#include "ledger/log/record_codec.h"
#include "tests/ledger/journal_fixture.h"
#include "tests/ledger/journal_trial.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace journal_archive_test {

using namespace ledger;
using namespace ledger::log;
using namespace ledger::log::test;

namespace {

constexpr SequenceNumber through = 60;
constexpr SequenceNumber archived_records = 70;
constexpr SequenceNumber at_archiving = 100;  // the sequence of the RecordsArchived

// All of a log's records as they were appended.
class Copy final : public ArchivedRecords {
  public:
    [[nodiscard]] Result<void> scan(SequenceNumber first, SequenceNumber last,
                                    const Journal::Visit& visit) const override {
        for (SequenceNumber at = first; at <= last; ++at) {
            if (!visit(at, record_of(at))) break;
        }
        return boost::outcome_v2::success();
    }
};

Result<void> append_archiving(Journal& journal, SequenceNumber to = through) {
    Event event;
    event.sequence = journal.last_sequence() + 1;
    event.id = id_of(1'000'000 + event.sequence);
    event.payload = RecordsArchived{to, archived_records, "root"};
    RecordEncoder encoder;
    const std::string record{encoder.encode(event)};
    const EventIds ids = ids_of(event);
    const EntityKeys entities = entity_keys_of(event);
    const JournalEntry entry{record, ids, entities};
    return journal.append({&entry, 1});
}

// A log that says so, and has all of its records still.
void make_log(RocksdbJournal& journal) {
    REQUIRE(append_next(journal, at_archiving - 1));
    REQUIRE(append_archiving(journal));
    REQUIRE(append_next(journal, 20));
}

Result<std::unique_ptr<RocksdbJournal>> open_with_copy(const std::string& directory,
                                                       bool read_only) {
    return RocksdbJournal::open({.directory = directory,
                                 .read_only = read_only,
                                 .find_archive = [](const RecordsArchived& archived)
                                     -> Result<std::shared_ptr<const ArchivedRecords>> {
                                     CHECK(archived.archive_root == "root");
                                     return std::make_shared<Copy>();
                                 }});
}

void check_not_at_hand(const Error& error) {
    CHECK(error.code == Errc::unavailable);
    CHECK(error.detail ==
          "records 1 to 60 are archived: attach the archive of 70 records with the root root");
}

// Without the archive.
void check_dropped(const Journal& journal) {
    CHECK(journal.first_sequence() == through + 1);
    for (const SequenceNumber gone : {SequenceNumber{1}, through}) {
        const auto read = journal.read(gone);
        REQUIRE(!read);
        check_not_at_hand(read.error());
        const auto scanned = journal.scan(gone, at_archiving, [](auto, auto) {
            FAIL("something was there");
            return true;
        });
        REQUIRE(!scanned);
        check_not_at_hand(scanned.error());
    }
    check_records(journal, through + 1, at_archiving - 1);
    check_records(journal, at_archiving + 1, journal.last_sequence());
    // What was once recorded is known for ever.
    CHECK(journal.find(id_of(1)).value() == 1);
    CHECK(journal.find(alias_of(through)).value() == through);
    CHECK(journal.entity_sequences(the_order, 1, 3).value() ==
          std::vector<SequenceNumber>{1, 2, 3});
}

// With it.
void check_whole(const Journal& journal) {
    CHECK(journal.first_sequence() == 1);
    check_records(journal, 1, at_archiving - 1);
    CHECK(journal.read(1).value() == record_of(1));
    CHECK(journal.read(through).value() == record_of(through));
    CHECK(journal.read(through + 1).value() == record_of(through + 1));
    for (const SequenceNumber end : {through - 1, through, through + 1}) {
        std::vector<SequenceNumber> seen;
        REQUIRE(journal.scan(through - 2, at_archiving, [&](SequenceNumber sequence, auto) {
            seen.push_back(sequence);
            return sequence != end;
        }));
        CHECK(seen.back() == end);
        CHECK(seen.size() == end - through + 3);
    }
}

}  // namespace

TEST_CASE("what a log's archive holds is dropped, and read from it where it is at hand",
          "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    {
        const auto journal = writer_of(scratch.data());
        make_log(*journal);
        CHECK(journal->first_sequence() == 1);
        REQUIRE(journal->drop_archived());
        check_dropped(*journal);
        REQUIRE(journal->drop_archived());
        check_dropped(*journal);
        REQUIRE(append_next(*journal, 5));
    }
    check_dropped(*reader_of(scratch.data()));
    check_dropped(*writer_of(scratch.data()));
    check_whole(*open_with_copy(scratch.data(), true).value());
    check_whole(*open_with_copy(scratch.data(), false).value());
}

TEST_CASE("a log that was archived and not yet dropped is dropped when it is opened next",
          "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    make_log(*writer_of(scratch.data()));
    // Whoever only reads sees what holds, and changes nothing.
    check_dropped(*reader_of(scratch.data()));
    check_dropped(*writer_of(scratch.data()));
    check_dropped(*reader_of(scratch.data()));
}

TEST_CASE("a reader follows a log that is archived under its eyes", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    const auto writer = writer_of(scratch.data());
    REQUIRE(append_next(*writer, at_archiving - 1));
    const auto reader = reader_of(scratch.data());
    check_records(*reader, 1, at_archiving - 1);
    REQUIRE(append_archiving(*writer));
    REQUIRE(append_next(*writer, 20));
    REQUIRE(writer->drop_archived());
    REQUIRE(reader->refresh());
    check_dropped(*reader);
}

TEST_CASE("the newest word of what is archived holds", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    const auto journal = writer_of(scratch.data());
    REQUIRE(append_next(*journal, at_archiving - 1));
    REQUIRE(append_archiving(*journal, 20));
    REQUIRE(journal->drop_archived());
    CHECK(journal->first_sequence() == 21);
    check_records(*journal, 21, at_archiving - 1);
    REQUIRE(append_archiving(*journal, through));
    REQUIRE(journal->drop_archived());
    CHECK(journal->first_sequence() == through + 1);
    check_records(*journal, through + 1, at_archiving - 1);
}

TEST_CASE("a word of more records than stand before it is damage", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    const auto journal = writer_of(scratch.data());
    REQUIRE(append_next(*journal, 9));
    REQUIRE(append_archiving(*journal, 10));
    const auto dropped = journal->drop_archived();
    REQUIRE(!dropped);
    CHECK(dropped.error().code == Errc::corrupt);
    CHECK(dropped.error().detail == "record 10 does not say what was archived");
    check_records(*journal, 1, 9);
}

TEST_CASE("whatever the disk does while a log's beginning is dropped, nothing else is lost",
          "[ledger][one-thread]") {
    constexpr std::uint64_t operations_max = 2'000;
    std::uint64_t failed = 0;
    for (std::uint64_t at = 1; at < operations_max; ++at) {
        INFO("operation " << at);
        const ScratchDirectory scratch;
        SimulatedStorage storage(scratch.data());
        SimulatedDisk& disk = storage.disk();
        auto journal = open_on(storage, scratch.data()).value();
        make_log(*journal);
        const std::uint64_t before = disk.operations();
        disk.plan({Fault::Kind::once, before + at});
        if (!journal->drop_archived()) ++failed;
        const bool met = disk.operations() >= before + at;
        disk.cut_power();
        const bool written = at % 2 == 0;
        disk.lay_out(
            {.names = written, .data = written ? Crash::Data::written : Crash::Data::synced},
            scratch.path() + "/crashed");
        check_dropped(*reader_of(scratch.path() + "/crashed"));
        check_dropped(*writer_of(scratch.path() + "/crashed"));
        if (!met) break;
    }
    CHECK(failed > 0);
}

}  // namespace journal_archive_test
