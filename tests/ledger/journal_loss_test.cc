// Files that are gone, cut short or put back to an earlier day: what the head record and RocksDB
// see of it, and what nobody can see.
#include "ledger/log/checksum.h"
#include "ledger/log/head_record.h"
#include "tests/ledger/closed_log.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace journal_loss_test {

using namespace ledger;
using namespace ledger::log;
using namespace ledger::log::test;

namespace fs = std::filesystem;

namespace {

constexpr auto overwrite = fs::copy_options::overwrite_existing;

void copy_directory(const std::string& from, const std::string& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

// A log of `count` records that differ from those of every other number.
void make_log(const std::string& directory, std::uint64_t count, const std::string& text) {
    const auto journal = writer_of(directory);
    const JournalEntry entry{text, {}, {}};
    for (std::uint64_t i = 0; i < count; ++i) REQUIRE(journal->append({&entry, 1}));
}

std::string refusal_of(const std::string& directory) {
    const auto reader = open_reader(directory);
    const auto writer = open_journal(directory);
    if (reader || writer) return "not refused";
    CHECK(reader.error().code == Errc::corrupt);
    CHECK(writer.error().code == Errc::corrupt);
    CHECK(reader.error().detail == writer.error().detail);
    return writer.error().detail;
}

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

HeadRecord head_of(const std::string& directory) {
    const auto head = HeadFile::read(directory + "/head");
    REQUIRE(head);
    return head.value().value();
}

std::string manifest_of(const std::string& directory) {
    std::string current;
    std::ifstream(directory + "/log/CURRENT") >> current;
    REQUIRE(current.starts_with("MANIFEST-"));
    return "log/" + current;
}

// Where the records of a manifest begin: each is a checksum of 4 bytes, a length of 2, the low one
// first, a type of 1, and so many bytes. Those of these tests lie in one block.
std::vector<std::uint64_t> records_of(const fs::path& manifest) {
    constexpr std::uint64_t header = 7;
    const std::string bytes = bytes_of(manifest);
    std::vector<std::uint64_t> begins;
    for (std::uint64_t at = 0; at + header <= bytes.size();) {
        begins.push_back(at);
        const auto low = static_cast<unsigned char>(bytes[at + 4]);
        const auto high = static_cast<unsigned char>(bytes[at + 5]);
        at += header + low + std::size_t{256} * high;
    }
    return begins;
}

}  // namespace

TEST_CASE("a file of the log that is gone is refused or harmless", "[ledger][one-thread]") {
    const ClosedLog log;
    Tally tally;
    for (const std::string& file : log.files()) {
        const fs::path path = fs::path(log.work()) / file;
        log.lay_out();
        if (fs::file_size(path) == 0) continue;
        count_outcomes(
            log, file, [&] { fs::remove(path); }, tally);
    }
    for (const auto& [kind, outcomes] : tally) {
        INFO(kind << " refused " << outcomes.refused << ", harmless " << outcomes.harmless);
        // Trash is what is about to be deleted.
        const bool unread = kind == "OPTIONS" || kind == "IDENTITY" || kind == "trash";
        CHECK((unread ? outcomes.refused : outcomes.harmless) == 0);
    }
}

TEST_CASE("a file of the log that is cut short is refused or harmless", "[ledger][one-thread]") {
    const ClosedLog log;
    Tally tally;
    for (const std::string& file : log.files()) {
        const fs::path path = fs::path(log.work()) / file;
        log.lay_out();
        const std::uint64_t size = fs::file_size(path);
        for (const std::uint64_t left : {size - 1, size / 2, std::uint64_t{0}}) {
            if (size == 0 || kind_of(file) == "MANIFEST") continue;
            INFO("cut to " << left);
            count_outcomes(
                log, file, [&] { fs::resize_file(path, left); }, tally);
        }
    }
    CHECK(tally.at("sst").harmless == 0);
    CHECK(tally.at("log").harmless == 0);
    CHECK(tally.at("CURRENT").harmless == 0);
}

// RocksDB takes what was cut off for a write that a crash interrupted, and opens without the tables
// that it listed.
TEST_CASE("a manifest that is cut short is refused", "[ledger][one-thread]") {
    constexpr std::uint64_t step = 97;
    const ClosedLog log;
    const std::string file = manifest_of(log.work());
    const fs::path path = fs::path(log.work()) / file;
    const std::uint64_t size = fs::file_size(path);
    std::vector<std::uint64_t> lengths{size - 1};
    for (std::uint64_t left = 0; left < size; left += step) lengths.push_back(left);
    Tally tally;
    for (const std::uint64_t left : lengths) {
        INFO("cut to " << left << " of " << size);
        count_outcomes(
            log, file, [&] { fs::resize_file(path, left); }, tally);
    }
    CHECK(tally.at("MANIFEST").harmless == 0);
}

// A record longer than what is left of the file is the same to RocksDB.
TEST_CASE("a manifest with a flipped bit in a record's length is refused", "[ledger][one-thread]") {
    constexpr std::uint64_t high_byte_of_length = 5;
    const ClosedLog log;
    const std::string file = manifest_of(log.work());
    const fs::path path = fs::path(log.work()) / file;
    const std::vector<std::uint64_t> records = records_of(path);
    REQUIRE(records.size() > 5);
    Tally tally;
    for (const std::uint64_t record : records) {
        INFO("the record at " << record);
        count_outcomes(
            log, file, [&] { flip_byte(path, record + high_byte_of_length); }, tally);
    }
    CHECK(tally.at("MANIFEST").harmless == 0);
}

TEST_CASE("a synced head vouches for what was added to the manifest since",
          "[ledger][one-thread]") {
    constexpr int batches_max = 500;
    const ScratchDirectory scratch;
    SimulatedStorage storage(scratch.data());
    const auto journal = open_on(storage, scratch.data());
    REQUIRE(journal);
    const ManifestMark at_first = head_of(scratch.data()).manifest;
    // Tables are made and listed in the background.
    ManifestMark mark = at_first;
    for (int i = 0; i < batches_max && mark == at_first; ++i) {
        REQUIRE(append_next(*journal.value(), 100));
        REQUIRE(journal.value()->sync_head());
        mark = head_of(scratch.data()).manifest;
    }
    CHECK(mark.number == at_first.number);
    REQUIRE(mark.size > at_first.size);
    const std::string crashed = scratch.path() + "/crashed";
    storage.disk().lay_out({.names = false, .data = Crash::Data::synced}, crashed);
    CHECK(head_of(crashed).manifest == mark);
    const std::string manifest = crashed + "/" + manifest_of(crashed);
    const std::string bytes = bytes_of(manifest);
    REQUIRE(bytes.size() >= mark.size);
    CHECK(checksum_of(bytes.substr(0, mark.size)) == mark.checksum);
    CHECK(open_reader(crashed));
    fs::resize_file(manifest, mark.size - 1);
    CHECK_FALSE(refusal_of(crashed).empty());
}

TEST_CASE("the head record of another log is refused", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    const std::string other = scratch.path() + "/other";
    make_log(scratch.data(), 10, "ours");
    SECTION("of a longer one") {
        make_log(other, 11, "theirs");
        fs::copy(other + "/head", scratch.data() + "/head", overwrite);
        CHECK(refusal_of(scratch.data()) ==
              "the log ends at 10 but the head record says 11: records were lost or removed");
    }
    SECTION("of a shorter one") {
        make_log(other, 9, "theirs");
        fs::copy(other + "/head", scratch.data() + "/head", overwrite);
        CHECK(refusal_of(scratch.data()) ==
              "record 9 is not the one that the head record knows: the log was replaced");
    }
}

// The head record may lag behind the log by what a power cut took of it, so an older one of the
// same log is no harm by itself: but what it does not know of can go unnoticed.
TEST_CASE("an older head record of the same log is brought up to it", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    const std::string head = scratch.data() + "/head";
    std::uint64_t older = 0;
    SECTION("from before the first record") {}
    SECTION("from before the last records") {
        older = 4;
    }
    make_log(scratch.data(), older, "ours");
    fs::copy(head, scratch.path() + "/older");
    make_log(scratch.data(), 10 - older, "ours");
    fs::copy(scratch.path() + "/older", head, overwrite);
    CHECK(writer_of(scratch.data())->last_sequence() == 10);
    fs::remove_all(scratch.data() + "/log");
    CHECK(refusal_of(scratch.data()).starts_with("the head record says 10 but there is no log"));
}

// Only somebody outside who knows a later checkpoint can tell.
TEST_CASE("a directory put back whole to an earlier day is a log that ended there",
          "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    REQUIRE(append_next(*writer_of(scratch.data()), 20));
    copy_directory(scratch.data(), scratch.path() + "/yesterday");
    REQUIRE(append_next(*writer_of(scratch.data()), 5));
    SECTION("the log and its head: not refused") {
        copy_directory(scratch.path() + "/yesterday", scratch.data());
        const auto journal = writer_of(scratch.data());
        CHECK(journal->last_sequence() == 20);
        check_records(*journal, 1, 20);
    }
    SECTION("the log without its head: refused") {
        copy_directory(scratch.path() + "/yesterday/log", scratch.data() + "/log");
        CHECK(refusal_of(scratch.data()) ==
              "the log ends at 20 but the head record says 25: records were lost or removed");
    }
}

}  // namespace journal_loss_test
