// The keys of persons beside a log: which are copied, and which are destroyed.
#include "tools/erased_keys.h"

#include "ledger/log/rocksdb_journal.h"
#include "tests/tools/tool_fixture.h"
#include "tools/backup_command.h"
#include "tools/data_directory.h"
#include "tools/operator_command.h"
#include "tools/readable.h"

#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::erased_keys_test {

namespace {

namespace fs = std::filesystem;

using ledger::Errc;
using ledger::Result;
using ledger::log::RocksdbJournal;
using ledger::vault::Subject;
using ledger::vault::SubjectKeys;

// A ledger whose follower's account is closed, with a key for each of its two persons.
class Directory {
  public:
    Directory() {
        auto journal = RocksdbJournal::open({.directory = data()}).value();
        SampleLedger sample{*journal};
        sample.tell(ledger::CloseAccount{SampleLedger::follower});
        const projections::LedgerView view = view_of(*journal);
        for (const auto& account : view.state().accounts) {
            const Subject subject{ledger::account_id(account.identity), 0};
            texts_.push_back(keys().seal(subject, "Somebody").value());
        }
    }

    [[nodiscard]] std::string data() const { return place_.path() + "/data"; }

    [[nodiscard]] std::string other() const { return place_.path() + "/other"; }

    [[nodiscard]] SubjectKeys keys() const { return SubjectKeys{DataPaths{data()}.subjects()}; }

    // What is read with the keys of a directory: of the master's and of the follower's.
    [[nodiscard]] std::vector<std::string> read(const std::string& directory) const {
        const SubjectKeys keys{DataPaths{directory}.subjects()};
        return {keys.read(texts_[0]), keys.read(texts_[1])};
    }

    [[nodiscard]] Result<ExitCode> erase(const std::string& account,
                                         const std::string& why = "asked for") const {
        OperatorOptions options;
        options.data = data();
        return run_erase(options, account, why);
    }

    [[nodiscard]] ledger::replication::State state() const {
        return view_of(*RocksdbJournal::open({.directory = data(), .read_only = true}).value())
            .state();
    }

  private:
    TemporaryDirectory place_;
    std::vector<std::string> texts_;
};

using Texts = std::vector<std::string>;

const Texts both{"Somebody", "Somebody"};
const Texts erased{"Somebody", "(erased)"};

ExitCode copy(const std::string& from, const std::string& to, bool subject_keys = true) {
    return run_copy({from, to, OutputFormat::jsonl, subject_keys}).value();
}

}  // namespace

TEST_CASE("an erasure in a data directory is recorded and destroys the key", "[tools]") {
    const Directory directory;
    REQUIRE(directory.erase("F1").value() == ExitCode::done);
    CHECK(directory.state().account(SampleLedger::follower)->erased);
    CHECK(directory.read(directory.data()) == erased);
    CHECK(directory.erase("F1").value() == ExitCode::done);
    CHECK(directory.state().account(SampleLedger::follower)->erasures == 1);
}

TEST_CASE("an erasure in a data directory that is refused leaves the key", "[tools]") {
    const Directory directory;
    CHECK(directory.erase("M1").error().code == Errc::not_allowed);
    CHECK(directory.erase("nobody").error().code == Errc::not_found);
    CHECK(directory.erase("").error().field == "account");
    CHECK(directory.erase("F1", "").error().field == "why");
    CHECK(directory.read(directory.data()) == both);
}

TEST_CASE("what is recorded as erased is destroyed whenever it is looked for", "[tools]") {
    const Directory directory;
    fs::copy(DataPaths{directory.data()}.subjects(), directory.other());
    REQUIRE(directory.erase("F1").value() == ExitCode::done);
    // As after a crash between the record and the destruction.
    fs::copy(directory.other(), DataPaths{directory.data()}.subjects(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    REQUIRE(directory.read(directory.data()) == both);
    REQUIRE(destroy_erased(directory.state(), directory.keys()).has_value());
    CHECK(directory.read(directory.data()) == erased);
    CHECK(destroy_erased(directory.state(), directory.keys()).has_value());
}

TEST_CASE("a backup holds the keys of those who are not erased, their owner's alone", "[backup]") {
    const Directory directory;
    REQUIRE(copy(directory.data(), directory.other()) == ExitCode::done);
    CHECK(directory.read(directory.other()) == both);
    for (const auto& key : fs::directory_iterator{DataPaths{directory.other()}.subjects()}) {
        CHECK(key.status().permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    }
    CHECK(fs::status(DataPaths{directory.other()}.subjects()).permissions() ==
          fs::perms::owner_all);
}

TEST_CASE("a backup can do without the persons' keys", "[backup]") {
    const Directory directory;
    REQUIRE(copy(directory.data(), directory.other(), false) == ExitCode::done);
    CHECK_FALSE(fs::exists(DataPaths{directory.other()}.subjects()));
}

TEST_CASE("a copy of a log that says erased leaves a key that is there out", "[backup]") {
    const Directory directory;
    const std::string keys = directory.other() + "-keys";
    fs::copy(DataPaths{directory.data()}.subjects(), keys);
    REQUIRE(directory.erase("F1").value() == ExitCode::done);
    fs::copy(keys, DataPaths{directory.data()}.subjects(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    REQUIRE(copy(directory.data(), directory.other()) == ExitCode::done);
    CHECK(directory.read(directory.data()) == both);
    CHECK(directory.read(directory.other()) == erased);
}

TEST_CASE("rows are read cell by cell, and what is not sealed stays", "[tools]") {
    const Directory directory;
    const Subject subject{ledger::EventId{}, 0};
    const std::string sealed = directory.keys().seal(subject, "Asha").value();
    projections::Row row;
    row.text("name", sealed).text("username", "F1").count("rows", 3).boolean("closed", true);
    projections::Row shown;
    shown.text("name", "Asha").text("username", "F1").count("rows", 3).boolean("closed", true);
    CHECK(readable(row, directory.keys()).cells() == shown.cells());
    CHECK(readable(row, {}).cells().front().text == "(sealed)");
}

}  // namespace tools::test::erased_keys_test
