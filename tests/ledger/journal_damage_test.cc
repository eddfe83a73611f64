// What happens to a log between two lives of its process, and that none of it goes unnoticed.
#include "tests/ledger/journal_fixture.h"

#include <csignal>

#include <catch2/catch.hpp>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace journal_damage_test {

using namespace ledger;
using namespace ledger::log;
using namespace ledger::log::test;

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t batch_size = 10;

// A directory as a killed process leaves it: `count` records, all of them in the WAL alone.
void append_and_be_killed(const std::string& directory, std::uint64_t count) {
    fs::create_directory(directory);
    Child child("child: appends until it is killed", directory);
    for (std::uint64_t last = 0; last < count; last += batch_size) {
        child.write_line("append");
        REQUIRE(child.read_line().has_value());
    }
    child.kill_now();
    REQUIRE(child.wait() == -SIGKILL);
}

// The WAL that holds the newest records. Others are empty, or of an earlier process and not deleted
// yet.
fs::path wal_of(const std::string& directory) {
    fs::path newest;
    for (const fs::path& file : log_files(directory, ".log")) {
        if (fs::file_size(file) > 0 && file > newest) newest = file;
    }
    REQUIRE_FALSE(newest.empty());
    return newest;
}

// Both for writing and for reading, and twice: the first refusal must not make good the second.
void check_refused(const std::string& directory, const std::string& sentence) {
    for (int attempt = 0; attempt < 2; ++attempt) {
        for (const bool read_only : {false, true}) {
            const auto journal =
                RocksdbJournal::open({.directory = directory, .read_only = read_only});
            REQUIRE_FALSE(journal);
            CHECK(journal.error().code == Errc::corrupt);
            CHECK_THAT(journal.error().detail, Catch::Contains(sentence));
        }
    }
}

}  // namespace

TEST_CASE("child: appends until it is killed", "[.]") {
    const auto journal = writer_of(".");
    for (char c = 0; ::read(STDIN_FILENO, &c, 1) == 1;) {
        if (c != '\n') continue;
        REQUIRE(append_next(*journal, batch_size));
        tell_parent(std::to_string(journal->last_sequence()));
    }
    ::_exit(9);
}

TEST_CASE("child: appends as fast as it can", "[.]") {
    const auto journal = writer_of(".");
    for (;;) {
        REQUIRE(append_next(*journal, batch_size));
        tell_parent(std::to_string(journal->last_sequence()));
    }
}

// Prints the error of the append that met the full disk, and of the one after the disk had room.
TEST_CASE("child: appends until its files may not grow", "[.]") {
    const auto journal = writer_of(".");
    REQUIRE(append_next(*journal, 100));
    REQUIRE(std::signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    rlimit limit{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
    const rlimit small{100'000, limit.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    auto appended = append_next(*journal, 100);
    for (int i = 0; i < 10 && appended; ++i) appended = append_next(*journal, 100);
    REQUIRE_FALSE(appended);
    CHECK(appended.error().code == Errc::storage_failed);
    tell_parent(appended.error().detail);
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    const SequenceNumber last = journal->last_sequence();
    appended = append_next(*journal, 1);
    REQUIRE_FALSE(appended);
    CHECK(appended.error().code == Errc::storage_failed);
    CHECK(journal->sync_head().error().code == Errc::storage_failed);
    CHECK(journal->last_sequence() == last);
    check_records(*journal, 1, last);
    tell_parent(appended.error().detail);
    tell_parent(std::to_string(last));
}

TEST_CASE("what was acknowledged before a kill -9 is there after it", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    fs::create_directory(scratch.data());
    SequenceNumber acknowledged = 0;
    for (int life = 0; life < 5; ++life) {
        Child child("child: appends as fast as it can", scratch.data());
        for (int i = 0; i < 20; ++i) acknowledged = std::stoull(child.read_line().value());
        child.kill_now();
        while (const auto line = child.read_line()) acknowledged = std::stoull(*line);
        CHECK(child.wait() == -SIGKILL);
    }
    const auto journal = writer_of(scratch.data());
    CHECK(journal->last_sequence() >= acknowledged);
    CHECK(journal->last_sequence() <= acknowledged + batch_size);
    CHECK(journal->last_sequence() % batch_size == 0);
    check_records(*journal, 1, journal->last_sequence());
    CHECK(journal->find(alias_of(acknowledged)).value() == acknowledged);
}

TEST_CASE("one flipped byte amid the write-ahead log is refused", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    append_and_be_killed(scratch.data(), 500);
    const fs::path wal = wal_of(scratch.data());
    flip_byte(wal, fs::file_size(wal) / 2);
    check_refused(scratch.data(), "Corruption");
}

TEST_CASE("a deleted write-ahead log is refused, and made good by putting it back",
          "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    append_and_be_killed(scratch.data(), 500);
    const fs::path wal = wal_of(scratch.data());
    fs::rename(wal, scratch.path() + "/elsewhere");
    check_refused(scratch.data(), "the log ends at 0 but the head record says 500");
    fs::rename(scratch.path() + "/elsewhere", wal);
    check_records(*writer_of(scratch.data()), 1, 500);
}

TEST_CASE("a write-ahead log cut short of what was acknowledged is refused",
          "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    append_and_be_killed(scratch.data(), 500);
    const fs::path wal = wal_of(scratch.data());
    fs::resize_file(wal, fs::file_size(wal) / 2);
    check_refused(scratch.data(), "but the head record says 500: records were lost or removed");
}

TEST_CASE("yesterday's log under today's head is refused", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    append_and_be_killed(scratch.data(), 100);
    const std::string yesterday = scratch.path() + "/yesterday";
    fs::copy(scratch.data() + "/log", yesterday, fs::copy_options::recursive);
    REQUIRE(append_next(*writer_of(scratch.data()), 1));
    fs::remove_all(scratch.data() + "/log");
    fs::copy(yesterday, scratch.data() + "/log", fs::copy_options::recursive);
    check_refused(scratch.data(), "the log ends at 100 but the head record says 101");
}

TEST_CASE("another log of the same length is refused", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    const std::string other = scratch.path() + "/other";
    REQUIRE(append_next(*writer_of(scratch.data()), 20));
    for (int i = 0; i < 20; ++i) {
        const JournalEntry entry{"another record", {}, {}};
        REQUIRE(writer_of(other)->append({&entry, 1}));
    }
    fs::remove_all(scratch.data() + "/log");
    fs::rename(other + "/log", scratch.data() + "/log");
    check_refused(scratch.data(), "record 20 is not the one that the head record knows");
}

TEST_CASE("a log without its head record, and a head record without its log, are refused",
          "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    REQUIRE(append_next(*writer_of(scratch.data()), 20));
    SECTION("no head") {
        fs::remove(scratch.data() + "/head");
        check_refused(scratch.data(), "the log ends at 20 but there is no head record");
    }
    SECTION("no log") {
        fs::remove_all(scratch.data() + "/log");
        check_refused(scratch.data(), "the head record says 20 but there is no log");
        CHECK_FALSE(fs::exists(scratch.data() + "/log"));
    }
    SECTION("neither a head nor the file that makes the log one") {
        fs::remove(scratch.data() + "/head");
        fs::remove(scratch.data() + "/log/CURRENT");
        check_refused(scratch.data(), "were removed");
    }
}

TEST_CASE("a torn tail that nobody was told of is forgiven", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    append_and_be_killed(scratch.data(), 500);
    const fs::path wal = wal_of(scratch.data());
    const std::string head = scratch.data() + "/head";
    const std::string head_before = scratch.path() + "/head-before";
    // The head as it was before the last batch: the process died between log and head.
    fs::copy(head, head_before);
    {
        Child child("child: appends until it is killed", scratch.data());
        child.write_line("append");
        REQUIRE(child.read_line() == "510");
        child.kill_now();
        REQUIRE(child.wait() == -SIGKILL);
    }
    const fs::path torn = wal_of(scratch.data());
    REQUIRE(torn != wal);
    fs::resize_file(torn, fs::file_size(torn) - 1);
    fs::copy(head_before, head, fs::copy_options::overwrite_existing);
    check_records(*reader_of(scratch.data()), 1, 500);
    const auto journal = writer_of(scratch.data());
    CHECK(journal->last_sequence() == 500);
    CHECK_FALSE(journal->find(id_of(505)).value().has_value());
    REQUIRE(append_next(*journal, 20));
    check_records(*journal, 1, 520);
}

TEST_CASE("a head record that the log has overtaken is brought up to it", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    const std::string head = scratch.data() + "/head";
    REQUIRE(append_next(*writer_of(scratch.data()), 10));
    const std::string head_before = scratch.path() + "/head-before";
    fs::copy(head, head_before);
    REQUIRE(append_next(*writer_of(scratch.data()), 10));
    fs::copy(head_before, head, fs::copy_options::overwrite_existing);
    CHECK(writer_of(scratch.data())->last_sequence() == 20);
    fs::remove_all(scratch.data() + "/log");
    check_refused(scratch.data(), "the head record says 20");
}

TEST_CASE("a damaged table is refused by its sequence when it is read", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    append_and_be_killed(scratch.data(), 500);
    REQUIRE(append_next(*writer_of(scratch.data()), 1));  // recovery makes tables of the WAL
    for (const fs::path& file : log_files(scratch.data(), ".sst")) {
        if (fs::file_size(file) > 2'000) flip_byte(file, 100);
    }
    for (const bool read_only : {false, true}) {
        const auto journal =
            RocksdbJournal::open({.directory = scratch.data(), .read_only = read_only});
        if (!journal) FAIL(journal.error().detail);
        const auto scanned =
            journal.value()->scan(1, 500, [](SequenceNumber, std::string_view) { return true; });
        REQUIRE_FALSE(scanned);
        CHECK(scanned.error().code == Errc::corrupt);
        CHECK_THAT(scanned.error().detail, Catch::StartsWith("record 1 "));
        CHECK(journal.value()->read(1).error().code == Errc::corrupt);
        CHECK(journal.value()->read(501).value() == record_of(501));
    }
}

TEST_CASE("a second writer is refused while the first lives", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    auto journal = writer_of(scratch.data());
    const auto second = open_journal(scratch.data());
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Errc::unavailable);
    CHECK_THAT(second.error().detail, Catch::Contains("is held by another process (pid "));
    journal.reset();
    CHECK(open_journal(scratch.data()));
}

TEST_CASE("the data directory is for its owner alone", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    const auto journal = writer_of(scratch.data());

    struct stat status {};

    REQUIRE(::stat(scratch.data().c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0700);
}

TEST_CASE("after a failed write nothing is written any more, and nothing is lost",
          "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    fs::create_directory(scratch.data());
    Child child("child: appends until its files may not grow", scratch.data());
    CHECK_THAT(child.read_line().value_or(""), Catch::Contains("File too large"));
    CHECK_THAT(child.read_line().value_or(""), Catch::Contains("an earlier write failed"));
    const SequenceNumber last = std::stoull(child.read_line().value_or("0"));
    CHECK(child.wait() == 0);
    CHECK(last >= 100);
    const auto journal = writer_of(scratch.data());
    CHECK(journal->last_sequence() >= last);
    check_records(*journal, 1, journal->last_sequence());
}

}  // namespace journal_damage_test
