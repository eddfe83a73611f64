// The beginning of a signed log in one file: it holds what the log holds, and proves it.
#include "ledger/log/checkpoints.h"
#include "tests/tools/archive/signed_ledger.h"
#include "tools/archive/archive_reader.h"
#include "tools/archive/archive_writer.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::archive_test {

namespace {

namespace fs = std::filesystem;
using ledger::Errc;

std::vector<std::string> records_in(const std::string& path) {
    auto reader = ArchiveReader::open(path).value();
    std::vector<std::string> records;
    REQUIRE(reader.scan([&](std::uint64_t sequence, auto record) {
        CHECK(sequence == records.size() + 1);
        records.emplace_back(record);
        return true;
    }));
    return records;
}

bool refused(const SignedLedger& ledger, const std::string& name) {
    const auto verified = ledger.verify(name);
    return !verified && verified.error().code == Errc::corrupt &&
           verified.error().detail.starts_with(ledger.path(name));
}

}  // namespace

TEST_CASE("an archive holds the records that a checkpoint is of, byte for byte", "[archive]") {
    SignedLedger ledger;
    ledger.run(10);
    const std::uint64_t first_end = ledger.reader()->last_sequence();
    ledger.run(25);
    const auto journal = ledger.reader();

    REQUIRE(ledger.create("whole").value() == ExitCode::done);
    const auto newest = ledger::log::last_checkpoint(*journal).value();
    const auto whole = ledger.verify("whole").value();
    CHECK(whole.tree == newest->read.checkpoint.tree);
    CHECK(whole.origin == newest->read.checkpoint.origin);
    CHECK(whole.recorded_from > TickingClock::start_ns);
    CHECK(whole.recorded_to > whole.recorded_from);
    const auto records = records_in(ledger.path("whole"));
    REQUIRE(records.size() == newest->sequence - 1);
    for (std::uint64_t n = 1; n <= records.size(); ++n) {
        CHECK(records[n - 1] == journal->read(n).value());
    }

    // Up to the checkpoint before, wherever between the two the range is to end.
    for (const std::uint64_t to : {first_end - 1, first_end, first_end + 1, newest->sequence - 2}) {
        const std::string name = "to" + std::to_string(to);
        REQUIRE(ledger.create(name, std::to_string(to)));
        CHECK(ledger.verify(name).value().tree.size == first_end - 1);
        CHECK(bytes_of(ledger.path(name)) ==
              bytes_of(ledger.path("to" + std::to_string(first_end - 1))));
        CHECK_FALSE(fs::exists(ledger.path(name + ".part")));
    }
}

TEST_CASE("an archive is written once, and of what was signed", "[archive]") {
    SignedLedger ledger;
    ledger.run(3);
    const auto unsigned_yet = ledger.create("early", "2");
    REQUIRE(!unsigned_yet);
    CHECK(unsigned_yet.error().code == Errc::not_found);
    const auto before = ledger.create("before", "2020-01-01T00:00:00Z");
    REQUIRE(!before);
    CHECK(before.error().code == Errc::not_found);
    CHECK_FALSE(fs::exists(ledger.path("early")));

    write_bytes(ledger.path("mine"), "mine");
    const auto taken = ledger.create("mine");
    REQUIRE(!taken);
    CHECK(taken.error().code == Errc::invalid_input);
    CHECK(taken.error().field == "out");
    CHECK(bytes_of(ledger.path("mine")) == "mine");
}

TEST_CASE("every flipped byte of an archive is refused, and every other length", "[archive]") {
    SignedLedger ledger;
    ledger.run(4);
    REQUIRE(ledger.create("good"));
    const std::string good = bytes_of(ledger.path("good"));
    REQUIRE(ledger.verify("good"));
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
        write_bytes(ledger.path("bad"), bad);
        INFO("byte " << at << " of " << good.size());
        CHECK(refused(ledger, "bad"));
        write_bytes(ledger.path("bad"), good.substr(0, at));
        CHECK(refused(ledger, "bad"));
    }
    write_bytes(ledger.path("bad"), good + '\0');
    CHECK(refused(ledger, "bad"));
}

TEST_CASE("an archive of other records than were signed is refused, checksums or not",
          "[archive]") {
    SignedLedger ledger;
    ledger.run(4);
    REQUIRE(ledger.create("good"));
    const auto records = records_in(ledger.path("good"));
    auto header = ArchiveReader::open(ledger.path("good")).value().header();
    const auto write = [&](const std::string& name, const std::vector<std::string>& content) {
        header.records = content.size();
        auto writer = ArchiveWriter::create(ledger.path(name), header).value();
        for (const std::string& record : content) REQUIRE(writer.add(record));
        REQUIRE(writer.finish());
    };
    write("same", records);
    CHECK(bytes_of(ledger.path("same")) == bytes_of(ledger.path("good")));

    write("shorter", {records.begin(), records.end() - 1});
    CHECK(refused(ledger, "shorter"));
    auto swapped = records;
    std::swap(swapped[1], swapped[2]);
    write("swapped", swapped);
    CHECK(refused(ledger, "swapped"));
    SignedLedger other{"N"};
    other.run(4);
    REQUIRE(other.create("other"));
    write("of another", records_in(other.path("other")));
    CHECK(refused(ledger, "of another"));
    CHECK_FALSE(verify_archive(ledger.path("good"), other.keys()));
}

TEST_CASE("an archive's records may fill many blocks", "[archive]") {
    const TemporaryDirectory place;
    const std::string path = place.path() + "/large";
    constexpr std::size_t record_bytes = 300'000;
    constexpr int count = 12;
    auto writer = ArchiveWriter::create(path, {count, "checkpoint"}).value();
    std::vector<std::string> records;
    for (int i = 0; i < count; ++i) {
        records.emplace_back(record_bytes, static_cast<char>('a' + i));
        REQUIRE(writer.add(records.back()));
    }
    REQUIRE(writer.finish());
    CHECK(records_in(path) == records);
    CHECK(fs::file_size(path) < record_bytes);
}

}  // namespace tools::test::archive_test
