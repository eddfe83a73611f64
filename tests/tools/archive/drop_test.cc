// The records that an archive holds, dropped from the log and read from the archive again.
#include "ledger/log/checkpoints.h"
#include "projections/snapshot.h"
#include "tests/tools/archive/signed_ledger.h"
#include "tools/archive/archive_command.h"
#include "tools/as_of.h"
#include "tools/audit_commands.h"
#include "tools/backup_command.h"
#include "tools/data_directory.h"
#include "tools/open_log.h"
#include "tools/signed_log.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::drop_test {

namespace {

namespace fs = std::filesystem;
using ledger::Errc;
using ledger::Result;

constexpr std::string_view keep_nothing = "[ledger]\nretention_years = 0\n";

// Two runs, the first of more than a tile and archived at its end.
struct Given {
    SignedLedger ledger;
    ArchiveOptions options;
    std::uint64_t archived = 0;  // records in the archive
    std::vector<std::string> records;

    explicit Given(int accounts = 300) {
        ledger.run(accounts);
        REQUIRE(ledger.create("old"));
        archived = ledger.verify("old").value().tree.size;
        ledger.run(40);
        const auto journal = ledger.reader();
        REQUIRE(journal->scan(1, journal->last_sequence(), [&](auto, auto record) {
            records.emplace_back(record);
            return true;
        }));
        options.data = ledger.data();
        options.file = ledger.path("old");
        options.config_path = ledger.path("config.toml");
        write_bytes(options.config_path, keep_nothing);
    }

    [[nodiscard]] DataPaths paths() const { return {ledger.data()}; }

    // All records as they were, from the first that can be read on.
    void check_records(std::uint64_t first) const {
        const auto journal = ledger.reader();
        CHECK(journal->first_sequence() == first);
        std::uint64_t next = first;
        REQUIRE(journal->scan(first, records.size(), [&](std::uint64_t sequence, auto record) {
            CHECK(sequence == next);
            CHECK(record == records[next - 1]);
            ++next;
            return true;
        }));
        CHECK(next == records.size() + 1);
    }
};

void check_refused(const Result<ExitCode>& refused, const std::string& why) {
    REQUIRE(!refused);
    INFO(refused.error().detail);
    CHECK(refused.error().code == Errc::not_allowed);
    CHECK(refused.error().field == "FILE");
    CHECK(refused.error().detail.find(why) != std::string::npos);
}

ExitCode verified(const std::string& data, const std::string& checkpoint = {}) {
    AuditOptions options;
    options.data = data;
    options.checkpoint = checkpoint;
    const auto exit = run_audit_verify(options);
    if (!exit) UNSCOPED_INFO(exit.error().detail);
    return exit ? exit.value() : exit_code_of(exit.error());
}

}  // namespace

TEST_CASE("what an archive holds is dropped in whole tiles, and its archive brings it back",
          "[archive]") {
    const Given given;
    REQUIRE(given.archived > 256);
    REQUIRE(given.archived < 512);
    const auto now = view_of(*given.ledger.reader()).digests();
    REQUIRE(run_archive_drop(given.options).value() == ExitCode::done);
    given.check_records(257);
    CHECK(verified(given.ledger.data()) == ExitCode::done);

    const auto journal = given.ledger.reader();
    // The fold of all, and of a part, from what was kept of the beginning.
    CHECK(load_view(*journal, given.paths(), given.records.size()).value().digests() == now);
    CHECK(load_beginning(*journal, given.paths()).value().sequence() == 256);
    const auto boundary = load_view(*journal, given.paths(), 256);
    REQUIRE(boundary);
    const auto before = load_view(*journal, given.paths(), 255);
    REQUIRE(!before);
    CHECK(before.error().code == Errc::unavailable);
    CHECK(before.error().detail.starts_with("records 1 to 256 are archived: attach"));

    REQUIRE(run_archive_attach(given.options).value() == ExitCode::done);
    given.check_records(1);
    CHECK(verified(given.ledger.data()) == ExitCode::done);
    const auto attached = given.ledger.reader();
    CHECK(view_of(*attached).state().accounts.size() == 340);
    CHECK(load_view(*attached, given.paths(), 255).value().sequence() == 255);
    auto fold_of_archive = projections::LedgerView{};
    REQUIRE(fold(*attached, 256, fold_of_archive));
    CHECK(fold_of_archive.digests() == boundary.value().digests());
}

TEST_CASE("an instant is found by its time where the beginning was dropped", "[archive]") {
    const Given given;
    const auto whole = given.ledger.reader();
    const std::int64_t last_dropped_ns = recorded_at_ns(*whole, 256).value();
    const std::int64_t first_kept_ns = recorded_at_ns(*whole, 257).value();
    REQUIRE(last_dropped_ns < first_kept_ns);
    REQUIRE(run_archive_drop(given.options));
    const auto journal = given.ledger.reader();
    CHECK(last_recorded_by(*journal, first_kept_ns).value() == 257);
    for (const std::int64_t earlier : {first_kept_ns - 1, last_dropped_ns, std::int64_t{0}}) {
        const auto found = last_recorded_by(*journal, earlier);
        REQUIRE(!found);
        CHECK(found.error().code == Errc::unavailable);
    }
    REQUIRE(run_archive_attach(given.options));
    const auto attached = given.ledger.reader();
    CHECK(last_recorded_by(*attached, first_kept_ns - 1).value() == 256);
    CHECK(last_recorded_by(*attached, last_dropped_ns - 1).value() == 255);
    CHECK(last_recorded_by(*attached, 0).value() == 0);
}

TEST_CASE("nothing younger than the retention is dropped", "[archive]") {
    Given given;
    write_bytes(given.options.config_path, "[ledger]\nretention_years = 8\n");
    // Record 256 is one of the ticking clock's.
    check_refused(run_archive_drop(given.options), "it may be dropped from 2034-11-21T");
    given.options.config_path.clear();
    check_refused(run_archive_drop(given.options), "ledger.retention_years is 8");
    given.check_records(1);
    CHECK_FALSE(fs::exists(given.paths().base()));
}

TEST_CASE("only what the log begins with is dropped from it, and once", "[archive]") {
    Given given;
    SignedLedger other{"N"};
    other.run(300);
    REQUIRE(other.create("other"));
    given.options.keys_path = DataPaths{other.data()}.checkpoint_keys();
    given.options.file = other.path("other");
    check_refused(run_archive_drop(given.options), "is of another log");
    given.options.keys_path.clear();
    CHECK(run_archive_drop(given.options).error().code == Errc::corrupt);

    REQUIRE(given.ledger.create("small", "10").error().code == Errc::not_found);
    given.options.file = given.ledger.path("old");
    check_refused(run_archive_attach(given.options), "nothing was dropped from this log");
    REQUIRE(run_archive_drop(given.options));
    check_refused(run_archive_drop(given.options), "not dropped already");
    given.options.file = other.path("other");
    check_refused(run_archive_attach(given.options), "is not the one that the log needs");
    given.check_records(257);
}

TEST_CASE("an archive of less than a tile drops nothing", "[archive]") {
    const Given given{20};
    check_refused(run_archive_drop(given.options), "holds too few records to drop any");
    given.check_records(1);
}

TEST_CASE("a log goes on after its beginning was dropped, and more of it can be dropped",
          "[archive]") {
    Given given;
    REQUIRE(run_archive_drop(given.options));
    given.ledger.run(300);
    CHECK(verified(given.ledger.data()) == ExitCode::done);
    // An archive begins with the first record: what is gone is read from the former one.
    CHECK(given.ledger.create("new").error().code == Errc::unavailable);
    REQUIRE(run_archive_attach(given.options));
    REQUIRE(given.ledger.create("new"));
    given.options.file = given.ledger.path("new");
    REQUIRE(run_archive_drop(given.options));
    CHECK(given.ledger.reader()->first_sequence() == 513);
    CHECK(projections::list_snapshots(given.paths().base()).size() == 1);
    CHECK(verified(given.ledger.data()) == ExitCode::done);
    REQUIRE(run_archive_attach(given.options));
    const auto journal = given.ledger.reader();
    CHECK(journal->first_sequence() == 1);
    CHECK(view_of(*journal).state().accounts.size() == 640);
    CHECK(verified(given.ledger.data()) == ExitCode::done);
    given.ledger.run(1);
}

TEST_CASE("what takes the place of dropped records is held against the log's signed word",
          "[archive]") {
    Given given;
    REQUIRE(run_archive_drop(given.options));
    const std::string base = projections::list_snapshots(given.paths().base()).front().path;
    SECTION("a changed base") {
        std::string bytes = bytes_of(base);
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        write_bytes(base, bytes);
        CHECK(verified(given.ledger.data()) == ExitCode::corrupt);
    }
    SECTION("a base of another instant, whole in itself") {
        const auto journal = given.ledger.reader();
        const auto later = load_view(*journal, given.paths(), 300).value();
        const auto written = projections::write_snapshot(later, given.paths().base());
        fs::rename(written.value().path, base);
        CHECK(verified(given.ledger.data()) == ExitCode::corrupt);
    }
    SECTION("the base is gone") {
        fs::remove(base);
        CHECK(verified(given.ledger.data()) == ExitCode::cannot_open);
        REQUIRE(run_archive_attach(given.options));
        CHECK(verified(given.ledger.data()) == ExitCode::done);
    }
    SECTION("a changed hash of what was dropped") {
        std::string bytes = bytes_of(given.paths().tree());
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        write_bytes(given.paths().tree(), bytes);
        CHECK(verified(given.ledger.data()) == ExitCode::corrupt);
        const auto journal = open_log_to_write(given.ledger.data(), false).value();
        const auto opened = SignedLog::open(*journal, given.paths(), {});
        REQUIRE(!opened);
        CHECK(opened.error().code == Errc::corrupt);
    }
    SECTION("the hashes are gone") {
        fs::remove(given.paths().tree());
        CHECK(verified(given.ledger.data()) == ExitCode::cannot_open);
        REQUIRE(run_archive_attach(given.options));
        CHECK(verified(given.ledger.data()) == ExitCode::done);
        given.ledger.run(1);
        CHECK(verified(given.ledger.data()) == ExitCode::done);
    }
}

TEST_CASE("a checkpoint of what was dropped is held against the archive alone", "[archive]") {
    const Given given;
    const auto first = ledger::log::checkpoint_over(*given.ledger.reader(), given.archived).value();
    const std::string kept = given.ledger.path("kept");
    write_bytes(kept, first->note);
    CHECK(verified(given.ledger.data(), kept) == ExitCode::done);
    REQUIRE(run_archive_drop(given.options));
    // Of more records than were dropped: its root is met on the way.
    CHECK(verified(given.ledger.data(), kept) == ExitCode::done);
}

TEST_CASE("a copy of a ledger that has dropped its beginning needs its archive, and is as it is",
          "[archive]") {
    const Given given;
    REQUIRE(run_archive_drop(given.options));
    CopyOptions copy;
    copy.from = given.ledger.data();
    copy.to = given.ledger.path("copy");
    const auto without = run_copy(copy);
    REQUIRE(!without);
    CHECK(without.error().code == Errc::unavailable);
    CHECK_FALSE(fs::exists(copy.to));
    fs::remove_all(copy.to + ".part");

    REQUIRE(run_archive_attach(given.options));
    REQUIRE(run_copy(copy).value() == ExitCode::done);
    CHECK(verified(copy.to) == ExitCode::done);
    const auto attached = open_log_to_read(copy.to).value();
    CHECK(attached->first_sequence() == 1);
    CHECK(attached->read(1).value() == given.records.front());
    fs::remove_all(DataPaths{copy.to}.archives());
    const auto alone = open_log_to_read(copy.to).value();
    CHECK(alone->first_sequence() == 257);
    CHECK(load_view(*alone, DataPaths{copy.to}, alone->last_sequence()).value().digests() ==
          view_of(*attached).digests());
}

}  // namespace tools::test::drop_test
