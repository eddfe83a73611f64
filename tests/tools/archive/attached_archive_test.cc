// Any record of an archive is found in it, and none that was changed.
#include "tools/archive/attached_archive.h"

#include "tests/tools/tool_fixture.h"
#include "tools/archive/archive_writer.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

namespace tools::test::attached_archive_test {

namespace {

using Records = std::vector<std::string>;

void write_archive(const std::string& path, const Records& records) {
    std::filesystem::remove(path);
    auto writer = ArchiveWriter::create(path, {records.size(), "checkpoint"}).value();
    for (const std::string& record : records) REQUIRE(writer.add(record));
    REQUIRE(writer.finish());
}

Records drawn_records(const std::string& path) {
    // Some as large as a block, so that there are many.
    const auto sizes =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<std::size_t>>(rc::gen::oneOf(
            rc::gen::inRange<std::size_t>(0, 100), rc::gen::just(archive_block_bytes / 2))));
    Records records;
    for (const std::size_t size : sizes) {
        records.emplace_back(size, static_cast<char>('a' + records.size() % 26));
    }
    write_archive(path, records);
    return records;
}

ledger::Result<Records> scan(const AttachedArchive& archive, std::uint64_t first,
                             std::uint64_t last) {
    Records found;
    BOOST_OUTCOME_TRYV(archive.scan(first, last, [&](std::uint64_t sequence, auto record) {
        CHECK(sequence == first + found.size());
        found.emplace_back(record);
        return true;
    }));
    return found;
}

}  // namespace

TEST_CASE("every range of an archive's records is found, from whatever was read before",
          "[archive]") {
    const TemporaryDirectory place;
    const std::string path = place.path() + "/archive";
    CHECK(rc::check("ranges", [&] {
        const Records records = drawn_records(path);
        const auto archive = AttachedArchive::open(path).value();
        RC_ASSERT(archive->header().records == records.size());
        const auto end = static_cast<std::uint64_t>(records.size());
        for (int look = 0; look < 5; ++look) {
            const auto first = *rc::gen::inRange<std::uint64_t>(1, end + 1);
            const auto last = *rc::gen::inRange<std::uint64_t>(first, end + 1);
            const Records wanted(records.begin() + static_cast<std::ptrdiff_t>(first) - 1,
                                 records.begin() + static_cast<std::ptrdiff_t>(last));
            RC_ASSERT(scan(*archive, first, last).value() == wanted);
        }
        RC_ASSERT(!scan(*archive, end, end + 1).has_value());
    }));
}

TEST_CASE("a visit ends where it is told to", "[archive]") {
    const TemporaryDirectory place;
    const std::string path = place.path() + "/archive";
    write_archive(path, {"a", "b", "c"});
    const auto archive = AttachedArchive::open(path).value();
    std::string seen;
    REQUIRE(archive->scan(1, 3, [&](auto, auto record) {
        seen += record;
        return seen.size() < 2;
    }));
    CHECK(seen == "ab");
}

TEST_CASE("no byte of an attached archive can be changed unseen", "[archive]") {
    const TemporaryDirectory place;
    const std::string path = place.path() + "/archive";
    const Records records{"first", "second", std::string(300, 'x'), "fourth"};
    write_archive(path, records);
    const std::string good = bytes_of(path);
    std::uint64_t told = 0;
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
        write_bytes(path, bad);
        INFO("byte " << at << " of " << good.size());
        const auto archive = AttachedArchive::open(path);
        if (!archive) {
            CHECK(archive.error().code == ledger::Errc::corrupt);
            CHECK(archive.error().detail.starts_with(path));
            ++told;
            continue;
        }
        // What is wrong behind the blocks, or in the checkpoint's text, is not what is read here.
        const auto found = scan(*archive.value(), 1, records.size());
        if (found) {
            CHECK(found.value() == records);
            continue;
        }
        CHECK(found.error().code == ledger::Errc::corrupt);
        CHECK(found.error().detail.starts_with(path));
        ++told;
    }
    CHECK(told > good.size() / 2);
}

}  // namespace tools::test::attached_archive_test
