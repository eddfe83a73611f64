#include "ledger/log/head_record.h"

#include "tests/ledger/journal_fixture.h"

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

namespace head_record_test {

using namespace ledger;
using namespace ledger::log;
using ledger::log::test::flip_byte;
using ledger::log::test::ScratchDirectory;

namespace {

// A slot starts a page.
constexpr std::uint64_t second_slot = 4096;

HeadRecord head_at(SequenceNumber sequence) {
    const Checksum checksum = checksum_of(std::to_string(sequence));
    return HeadRecord{sequence, checksum, {sequence + 7, sequence + 100, checksum}};
}

HeadRecord read_back(const std::string& path) {
    const auto head = HeadFile::read(path);
    if (!head) FAIL(head.error().detail);
    REQUIRE(head.value().has_value());
    return *head.value();
}

}  // namespace

TEST_CASE("a directory without a head record has none, which is no error", "[ledger]") {
    const ScratchDirectory scratch;
    const auto head = HeadFile::read(scratch.path() + "/head");
    REQUIRE(head);
    CHECK_FALSE(head.value().has_value());
}

TEST_CASE("the head record written last is the one read", "[ledger]") {
    const ScratchDirectory scratch;
    const std::string path = scratch.path() + "/head";
    auto file = HeadFile::create(path, HeadRecord{});
    REQUIRE(file);
    CHECK(read_back(path) == HeadRecord{});
    for (SequenceNumber sequence = 1; sequence <= 5; ++sequence) {
        REQUIRE(file.value().write(head_at(sequence)));
        CHECK(read_back(path) == head_at(sequence));
    }
    CHECK(file.value().sync());
}

TEST_CASE("the head record of a newer or longer manifest is the newer one", "[ledger]") {
    const ScratchDirectory scratch;
    const std::string path = scratch.path() + "/head";
    HeadRecord head = head_at(3);
    auto file = HeadFile::create(path, head);
    REQUIRE(file);
    for (int i = 0; i < 3; ++i) {
        ++head.manifest.size;
        REQUIRE(file.value().write(head));
        CHECK(read_back(path) == head);
    }
    for (int i = 0; i < 3; ++i) {
        ++head.manifest.number;
        head.manifest.size = 1;
        REQUIRE(file.value().write(head));
        CHECK(read_back(path) == head);
    }
}

TEST_CASE("a torn write of the head record leaves the one before it", "[ledger]") {
    const ScratchDirectory scratch;
    const std::string path = scratch.path() + "/head";
    auto file = HeadFile::create(path, head_at(1));
    REQUIRE(file);
    REQUIRE(file.value().write(head_at(2)));
    REQUIRE(file.value().write(head_at(3)));
    flip_byte(path, second_slot + 20);
    CHECK(read_back(path) == head_at(2));
}

TEST_CASE("a head record opened again overwrites the older slot", "[ledger]") {
    const ScratchDirectory scratch;
    const std::string path = scratch.path() + "/head";
    REQUIRE(HeadFile::create(path, head_at(1)));
    for (SequenceNumber sequence = 2; sequence <= 5; ++sequence) {
        auto file = HeadFile::open(path);
        REQUIRE(file);
        REQUIRE(file.value().write(head_at(sequence)));
    }
    const bool newest_is_second = [&] {
        flip_byte(path, second_slot + 20);
        return read_back(path) != head_at(5);
    }();
    // Whichever slot held the newest, the other holds the one before.
    CHECK(read_back(path) == head_at(newest_is_second ? 4 : 5));
}

TEST_CASE("a head record with neither slot whole is refused", "[ledger]") {
    const ScratchDirectory scratch;
    const std::string path = scratch.path() + "/head";
    REQUIRE(HeadFile::create(path, head_at(1)));
    flip_byte(path, 20);
    flip_byte(path, second_slot + 20);
    const auto head = HeadFile::read(path);
    REQUIRE_FALSE(head);
    CHECK(head.error().code == Errc::corrupt);
    const auto opened = HeadFile::open(path);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Errc::corrupt);
}

TEST_CASE("an emptied head record is refused, not taken for a new log", "[ledger]") {
    const ScratchDirectory scratch;
    const std::string path = scratch.path() + "/head";
    REQUIRE(HeadFile::create(path, head_at(1)));
    std::filesystem::resize_file(path, 0);
    const auto head = HeadFile::read(path);
    REQUIRE_FALSE(head);
    CHECK(head.error().code == Errc::corrupt);
}

}  // namespace head_record_test
