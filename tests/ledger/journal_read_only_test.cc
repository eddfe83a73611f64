// Reading beside a process that writes, without a trace.
#include "tests/ledger/journal_fixture.h"

#include <csignal>
#include <map>

#include <catch2/catch.hpp>
#include <unistd.h>

namespace journal_read_only_test {

using namespace ledger;
using namespace ledger::log;
using namespace ledger::log::test;

namespace fs = std::filesystem;

namespace {

// Every file below the directory with its size and time of change.
std::map<std::string, std::pair<std::uintmax_t, fs::file_time_type>> state_of(
    const std::string& directory) {
    std::map<std::string, std::pair<std::uintmax_t, fs::file_time_type>> files;
    for (const auto& entry : fs::recursive_directory_iterator(directory)) {
        files[entry.path().string()] = {entry.is_regular_file() ? entry.file_size() : 0,
                                        entry.last_write_time()};
    }
    return files;
}

// Does not compress, so that the child's log fills memtables and is flushed.
std::string incompressible(std::uint64_t seed) {
    std::string bytes(4096, '\0');
    for (char& byte : bytes) {
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        byte = static_cast<char>(seed >> 56);
    }
    return bytes;
}

constexpr std::uint64_t large_batch = 128;

}  // namespace

TEST_CASE("child: appends what it is told to", "[.]") {
    const auto journal = writer_of(".");
    for (char c = 0; ::read(STDIN_FILENO, &c, 1) == 1;) {
        if (c != '\n') continue;
        REQUIRE(append_next(*journal, 10));
        tell_parent(std::to_string(journal->last_sequence()));
    }
}

TEST_CASE("child: appends large records as fast as it can", "[.]") {
    const auto journal = writer_of(".");
    for (;;) {
        std::vector<std::string> records;
        for (std::uint64_t i = 1; i <= large_batch; ++i) {
            records.push_back(incompressible(journal->last_sequence() + i));
        }
        std::vector<JournalEntry> batch;
        for (const std::string& record : records) batch.push_back({record, {}, {&the_order, 1}});
        REQUIRE(journal->append(batch));
        tell_parent(std::to_string(journal->last_sequence()));
    }
}

TEST_CASE("a reader beside a live writer sees each append once it is refreshed", "[ledger]") {
    const ScratchDirectory scratch;
    fs::create_directory(scratch.data());
    Child child("child: appends what it is told to", scratch.data());
    child.write_line("append");
    REQUIRE(child.read_line() == "10");
    const auto reader = reader_of(scratch.data());
    CHECK(reader->last_sequence() == 10);
    for (SequenceNumber last = 20; last <= 200; last += 10) {
        child.write_line("append");
        REQUIRE(child.read_line() == std::to_string(last));
        REQUIRE(reader->refresh());
        CHECK(reader->last_sequence() == last);
        check_records(*reader, last - 9, last);
        CHECK(reader->find(alias_of(last)).value() == last);
        CHECK_FALSE(reader->find(alias_of(last + 1)).value().has_value());
        CHECK(reader->entity_sequences(the_order, 1, 1000).value().size() == last);
    }
    check_records(*reader_of(scratch.data()), 1, 200);
}

TEST_CASE("a reader follows a writer through its restarts", "[ledger]") {
    const ScratchDirectory scratch;
    REQUIRE(append_next(*writer_of(scratch.data()), 10));
    const auto reader = reader_of(scratch.data());
    for (SequenceNumber last = 20; last <= 60; last += 10) {
        REQUIRE(append_next(*writer_of(scratch.data()), 10));
        REQUIRE(reader->refresh());
        CHECK(reader->last_sequence() == last);
        check_records(*reader, 1, last);
    }
}

TEST_CASE("a reader keeps up with a writer that flushes and deletes its files", "[ledger]") {
    const ScratchDirectory scratch;
    fs::create_directory(scratch.data());
    Child child("child: appends large records as fast as it can", scratch.data());
    constexpr SequenceNumber enough = 50'000;  // 200 MB: three memtables are flushed
    REQUIRE(child.read_line().has_value());
    const auto reader = reader_of(scratch.data());
    SequenceNumber next = 1;
    while (next <= enough) {
        REQUIRE(child.read_line().has_value());
        const auto refreshed = reader->refresh();
        if (!refreshed) FAIL(refreshed.error().detail);
        const SequenceNumber last = reader->last_sequence();
        const auto scanned = reader->scan(next, last, [&](SequenceNumber sequence, auto record) {
            REQUIRE(sequence == next);
            REQUIRE((sequence % 100 != 0 || record == incompressible(sequence)));
            ++next;
            return true;
        });
        if (!scanned) FAIL(scanned.error().detail);
        REQUIRE(next == last + 1);
    }
    const auto sequences = reader->entity_sequences(the_order, 1, 2 * enough).value();
    CHECK(sequences.size() == reader->last_sequence());
}

TEST_CASE("a reader leaves no trace in the directory", "[ledger]") {
    const ScratchDirectory scratch;
    fs::create_directory(scratch.data());
    Child child("child: appends what it is told to", scratch.data());
    child.write_line("append");
    REQUIRE(child.read_line() == "10");
    const auto check_unchanged = [&] {
        const auto before = state_of(scratch.data());
        {
            const auto reader = reader_of(scratch.data());
            REQUIRE(reader->refresh());
            check_records(*reader, 1, 10);
        }
        CHECK(state_of(scratch.data()) == before);
    };
    SECTION("beside its writer") {
        check_unchanged();
    }
    SECTION("after its writer was killed") {
        child.kill_now();
        REQUIRE(child.wait() == -SIGKILL);
        check_unchanged();
    }
}

TEST_CASE("a reader of a directory without a log says so and makes none", "[ledger]") {
    const ScratchDirectory scratch;
    SECTION("no directory") {
        CHECK(open_reader(scratch.data()).error().code == Errc::not_found);
        CHECK_FALSE(fs::exists(scratch.data()));
    }
    SECTION("an empty one") {
        fs::create_directory(scratch.data());
        CHECK(open_reader(scratch.data()).error().code == Errc::not_found);
        CHECK(fs::is_empty(scratch.data()));
    }
}

TEST_CASE("an empty log can be read and followed", "[ledger]") {
    const ScratchDirectory scratch;
    const auto journal = writer_of(scratch.data());
    const auto reader = reader_of(scratch.data());
    CHECK(reader->last_sequence() == 0);
    REQUIRE(append_next(*journal, 5));
    REQUIRE(reader->refresh());
    check_records(*reader, 1, 5);
}

}  // namespace journal_read_only_test
