// A copy of a ledger is the ledger: every record, id and trail, whoever made it and wherever to.
#include "tools/backup_command.h"

#include "ledger/log/entity_keys.h"
#include "ledger/log/rocksdb_journal.h"
#include "tests/tools/tool_fixture.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

namespace tools::test::backup_command_test {

namespace {

namespace fs = std::filesystem;

using ledger::log::RocksdbJournal;

// A ledger of some orders in `directory`, with a key beside it.
std::uint64_t make_ledger(const std::string& directory) {
    auto journal = RocksdbJournal::open({.directory = directory}).value();
    SampleLedger sample{*journal};
    for (const char* order : {"O1", "O2", "O3"}) sample.tell_order(order);
    std::ofstream{directory + "/vault.key"} << "secret";
    fs::permissions(directory + "/vault.key", fs::perms::owner_read | fs::perms::owner_write);
    std::ofstream{directory + "/server"} << "of a process";
    return journal->last_sequence();
}

ledger::Result<ExitCode> copy(const std::string& from, const std::string& to) {
    return run_copy({from, to, OutputFormat::jsonl});
}

std::unique_ptr<RocksdbJournal> reader(const std::string& directory) {
    return RocksdbJournal::open({.directory = directory, .read_only = true}).value();
}

void check_same(const std::string& a, const std::string& b) {
    const auto one = reader(a);
    const auto other = reader(b);
    REQUIRE(other->last_sequence() == one->last_sequence());
    for (std::uint64_t n = 1; n <= one->last_sequence(); ++n) {
        CHECK(other->read(n).value() == one->read(n).value());
    }
    const auto trail = ledger::log::entity_of(SampleLedger::follower);
    CHECK(other->entity_sequences(trail, 1, 100).value() ==
          one->entity_sequences(trail, 1, 100).value());
    CHECK(view_of(*other).digests() == view_of(*one).digests());
}

}  // namespace

TEST_CASE("a backup and its restoration hold every record, index and key", "[backup]") {
    const TemporaryDirectory place;
    const std::string data = place.path() + "/data";
    const std::uint64_t last = make_ledger(data);
    REQUIRE(copy(data, place.path() + "/backup").value() == ExitCode::done);
    check_same(data, place.path() + "/backup");

    fs::remove_all(data);
    REQUIRE(copy(place.path() + "/backup", data).value() == ExitCode::done);
    check_same(place.path() + "/backup", data);
    CHECK(reader(data)->last_sequence() == last);
    CHECK(fs::file_size(data + "/vault.key") == 6);
    CHECK(fs::status(data + "/vault.key").permissions() ==
          (fs::perms::owner_read | fs::perms::owner_write));
    CHECK_FALSE(fs::exists(data + "/server"));

    // What was restored goes on.
    auto journal = RocksdbJournal::open({.directory = data}).value();
    const auto id = journal->read(last).value();
    CHECK(journal->last_sequence() == last);
}

TEST_CASE("a backup is taken beside the process that writes", "[backup]") {
    const TemporaryDirectory place;
    auto journal = RocksdbJournal::open({.directory = place.path() + "/data"}).value();
    SampleLedger sample{*journal};
    sample.tell_order("O1");
    const auto last = journal->last_sequence();
    REQUIRE(copy(place.path() + "/data", place.path() + "/backup").value() == ExitCode::done);
    sample.tell_order("O2");
    CHECK(reader(place.path() + "/backup")->last_sequence() == last);
}

TEST_CASE("a backup puts nothing where something is", "[backup]") {
    const TemporaryDirectory place;
    make_ledger(place.path() + "/data");
    const auto refused = [&](const std::string& name) {
        const auto outcome = copy(place.path() + "/data", place.path() + "/" + name);
        REQUIRE(!outcome);
        CHECK(outcome.error().code == ledger::Errc::invalid_input);
        CHECK(outcome.error().field == "DIR");
    };
    fs::create_directory(place.path() + "/full");
    std::ofstream{place.path() + "/full/file"} << "mine";
    refused("full");
    CHECK(fs::exists(place.path() + "/full/file"));
    fs::create_directory(place.path() + "/begun.part");
    refused("begun");

    fs::create_directory(place.path() + "/empty");
    CHECK(copy(place.path() + "/data", place.path() + "/empty").has_value());
}

TEST_CASE("a damaged ledger is not backed up", "[backup]") {
    const TemporaryDirectory place;
    make_ledger(place.path() + "/data");
    fs::remove(place.path() + "/data/head");
    const auto outcome = copy(place.path() + "/data", place.path() + "/backup");
    REQUIRE(!outcome);
    CHECK(outcome.error().code == ledger::Errc::corrupt);
    CHECK_FALSE(fs::exists(place.path() + "/backup"));
}

}  // namespace tools::test::backup_command_test
