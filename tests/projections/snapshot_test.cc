#include "projections/snapshot.h"

#include "ledger/log/checksum.h"
#include "tests/projections/live_ledger.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace snapshot_test {

using namespace projections;
using namespace projections::test;
using ledger::Errc;
using ledger::log::test::ScratchDirectory;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t magic_size = 8;
constexpr std::size_t state_version_at = magic_size;
constexpr std::size_t view_version_at = magic_size + 4;
constexpr std::size_t heading_sum_at = magic_size + 8;

std::string read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void write_file(const std::string& path, std::string_view bytes) {
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file << bytes;
    REQUIRE(file.flush());
}

// With the checksum that such a heading would have been given.
std::string summed(std::string bytes) {
    const auto checksum =
        ledger::log::checksum_of(std::string_view{bytes}.substr(0, heading_sum_at));
    std::ranges::copy(checksum, bytes.begin() + heading_sum_at);
    return bytes;
}

void check_refused(const std::string& path) {
    const auto view = read_snapshot(path);
    REQUIRE_FALSE(view);
    CHECK(view.error().code == Errc::corrupt);
}

// A small ledger's snapshot.
struct Written {
    ScratchDirectory scratch;
    LiveLedger live;
    SnapshotInfo info;

    Written() {
        live.runs(ledger::test::Steps(6, {0, 1, 2, 3}));
        info = write_snapshot(live.view(), scratch.data()).value();
    }
};

}  // namespace

TEST_CASE("a snapshot's digests are those of the view it was made of", "[projections]") {
    const Written written;
    const auto stated = read_snapshot_digests(written.info.path).value();
    CHECK(stated.sequence == written.live.view().sequence());
    const auto digests = written.live.view().digests();
    REQUIRE(stated.digests.size() == digests.size());
    for (std::size_t i = 0; i < digests.size(); ++i) {
        CHECK(stated.digests[i].first == digests[i].projection);
        CHECK(stated.digests[i].second == digests[i].digest);
    }
}

TEST_CASE("equal views make equal files", "[projections]") {
    const Written written;
    const ScratchDirectory other;
    const auto again = write_snapshot(read_snapshot(written.info.path).value(), other.path());
    CHECK(read_file(again.value().path) == read_file(written.info.path));
}

TEST_CASE("a snapshot with any byte changed or missing is refused", "[projections]") {
    const Written written;
    const std::string bytes = read_file(written.info.path);
    REQUIRE(bytes.size() > 500);
    const std::string path = written.scratch.path() + "/changed";
    // Every byte of the beginning, then one in seven.
    for (std::size_t at = 0; at < bytes.size(); at += at < 64 ? 1 : 7) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
        write_file(path, changed);
        check_refused(path);
        CHECK(read_snapshot_digests(path).error().code == Errc::corrupt);
    }
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{7}, std::size_t{20}, bytes.size() / 2, bytes.size() - 1}) {
        write_file(path, std::string_view{bytes}.substr(0, size));
        check_refused(path);
    }
    write_file(path, bytes + '\0');
    check_refused(path);
}

TEST_CASE("a snapshot under another's name is refused", "[projections]") {
    const Written written;
    std::string name = written.info.path;
    const std::size_t last_digit = name.find_last_of("0123456789");
    name[last_digit] = name[last_digit] == '9' ? '8' : '9';
    fs::rename(written.info.path, name);
    check_refused(name);
    CHECK(open_snapshot(name, SnapshotCheck::used).error().code == Errc::corrupt);
}

TEST_CASE("a snapshot of another version is refused, whole as it is", "[projections]") {
    const Written written;
    const std::string bytes = read_file(written.info.path);
    REQUIRE(summed(bytes) == bytes);
    const std::string& path = written.info.path;
    for (const std::size_t at : {magic_size - 1, state_version_at, view_version_at}) {
        std::string other = bytes;
        ++other[at];
        write_file(path, other);
        check_refused(path);
        write_file(path, summed(std::move(other)));
        CHECK(read_snapshot(path).error().code == Errc::unavailable);
    }
    write_file(path, "clsnap01" + bytes.substr(magic_size));
    CHECK(read_snapshot(path).error().code == Errc::unavailable);
    write_file(written.info.path, bytes);
    CHECK(bytes_of(read_snapshot(written.info.path).value()) == bytes_of(written.live.view()));
}

TEST_CASE("snapshots are listed newest first, and those beyond the limits are removed",
          "[projections]") {
    Written written;
    const auto events = written.live.events();
    const SnapshotLimits two{.files_max = 2};
    std::vector<SnapshotInfo> all{written.info};
    for (const std::uint64_t last : {events.size() - 3, events.size() - 2, events.size() - 1}) {
        all.push_back(write_snapshot(folded(events, last), written.scratch.data(), two).value());
    }
    const auto listed = list_snapshots(written.scratch.data());
    CHECK(listed == std::vector<SnapshotInfo>{all[0], all[3]});
    const fs::directory_iterator files{written.scratch.data()};
    CHECK(std::distance(fs::begin(files), fs::end(files)) == 2);
}

TEST_CASE("snapshots are removed by their size, too", "[projections]") {
    Written written;
    const auto events = written.live.events();
    const SnapshotLimits small{.files_max = 32, .bytes_max = 1};
    static_cast<void>(write_snapshot(folded(events, 5), written.scratch.data()));
    REQUIRE(list_snapshots(written.scratch.data()).size() == 2);
    static_cast<void>(
        write_snapshot(folded(events, events.size() - 1), written.scratch.data(), small));
    const auto listed = list_snapshots(written.scratch.data());
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].sequence == events.size());
    CHECK(listed[1].sequence == events.size() - 1);
}

TEST_CASE("files that are no snapshots are neither listed nor removed", "[projections]") {
    const Written written;
    const std::vector<std::string> others{
        "notes.txt", "7.snapshot", "99999999999999999999.snapshot", "0000000000000000000x.snapshot",
        "00000000000000000007.snapshot.old"};
    for (const std::string& name : others) write_file(written.scratch.data() + "/" + name, "?");
    CHECK(list_snapshots(written.scratch.data()) == std::vector<SnapshotInfo>{written.info});
    REQUIRE(write_snapshot(LedgerView{}, written.scratch.data()));
    for (const std::string& name : others) CHECK(fs::exists(written.scratch.data() + "/" + name));
}

TEST_CASE("a write that a crash cut short is overwritten by the next", "[projections]") {
    const Written written;
    write_file(written.scratch.data() + "/new.tmp", std::string(100'000, 'x'));
    const auto again = write_snapshot(written.live.view(), written.scratch.data());
    REQUIRE(again);
    CHECK(bytes_of(read_snapshot(again.value().path).value()) == bytes_of(written.live.view()));
    CHECK_FALSE(fs::exists(written.scratch.data() + "/new.tmp"));
}

TEST_CASE("where there are no snapshots none are found", "[projections]") {
    const ScratchDirectory scratch;
    CHECK(list_snapshots(scratch.data()).empty());
    CHECK(list_snapshots(scratch.path()).empty());
    CHECK(read_snapshot(scratch.data()).error().code == Errc::unavailable);
}

TEST_CASE("a directory that cannot be written is said to be so", "[projections]") {
    const ScratchDirectory scratch;
    write_file(scratch.data(), "a file where the directory should be");
    const auto written = write_snapshot(LedgerView{}, scratch.data());
    REQUIRE_FALSE(written);
    CHECK(written.error().code == Errc::unavailable);
}

}  // namespace snapshot_test
