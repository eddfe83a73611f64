// A data directory as `serve` leaves it, and what `audit` says when somebody has changed it.
#include "ledger/log/checkpoints.h"
#include "ledger/log/record_codec.h"
#include "ledger/log/rocksdb_journal.h"
#include "projections/snapshot.h"
#include "tests/tools/tool_fixture.h"
#include "tools/audit_commands.h"
#include "tools/audit_verify.h"
#include "tools/checkpoint_keys.h"
#include "tools/signed_log.h"
#include "tools/submit_now.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::audit_test {

namespace {

namespace fs = std::filesystem;
using ledger::Errc;
using ledger::Result;
using ledger::log::RocksdbJournal;

void flip_byte(const std::string& path, std::size_t at) {
    std::string bytes = bytes_of(path);
    REQUIRE(at < bytes.size());
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    write_bytes(path, bytes);
}

class Given {
  public:
    [[nodiscard]] std::string data() const { return directory_.path() + "/data"; }

    [[nodiscard]] DataPaths paths() const { return {data()}; }

    [[nodiscard]] std::string path(const std::string& name) const {
        return directory_.path() + '/' + name;
    }

    // One run of the server: `accounts` are opened, then the log is signed, twice.
    Result<void> run(int accounts, const std::string& witness = {}) {
        BOOST_OUTCOME_TRY(
            const auto journal,
            RocksdbJournal::open({.directory = data(), .read_only = false, .sync = false}));
        BOOST_OUTCOME_TRY(const auto log, SignedLog::open(*journal, paths(), witness));
        BOOST_OUTCOME_TRY(const auto view, load_view(*journal, paths(), journal->last_sequence()));
        const TickingClock clock;
        ledger::Sequencer sequencer{log->journal(), clock, view.state(), {}};
        BOOST_OUTCOME_TRYV(log->begin_signing(sequencer));
        for (int i = 0; i < accounts; ++i) {
            BOOST_OUTCOME_TRYV(open_account(sequencer));
            if (i == accounts / 3) log->notary().keep(states_of(view_of(*journal)));
            if (i == accounts / 2) {
                BOOST_OUTCOME_TRYV(log->notary().sign());
            }
        }
        log->notary().keep(states_of(view_of(*journal)));
        BOOST_OUTCOME_TRYV(log->notary().sign());
        BOOST_OUTCOME_TRYV(projections::write_snapshot(view_of(*journal), paths().snapshots()));
        return boost::outcome_v2::success();
    }

    [[nodiscard]] AuditOptions options() const {
        AuditOptions options;
        options.data = data();
        return options;
    }

    // The last checkpoint of each further run, as if a projection had been folded wrongly.
    void fold_wrongly() { folds_wrongly_ = true; }

    [[nodiscard]] Result<ExitCode> verify() const { return run_audit_verify(options()); }

  private:
    [[nodiscard]] ledger::proof::States states_of(const projections::LedgerView& view) const {
        auto states = as_states(view.sequence(), view.digests());
        std::string& digest = states.digests[1].digest;
        if (folds_wrongly_) digest[3] = static_cast<char>(digest[3] ^ 1);
        return states;
    }

    Result<void> open_account(ledger::Sequencer& sequencer) {
        const std::string code = "M" + std::to_string(++opened_);
        ledger::Command command;
        command.actor = "test";
        command.payload =
            ledger::OpenAccount{{ledger::AccountRole::master, "xts", code, "user" + code}, {}};
        BOOST_OUTCOME_TRYV(submit_now(sequencer, std::move(command)));
        return boost::outcome_v2::success();
    }

    TemporaryDirectory directory_;
    int opened_ = 0;
    bool folds_wrongly_ = false;
};

ExitCode code_of(const Result<ExitCode>& outcome) {
    return outcome ? outcome.value() : exit_code_of(outcome.error());
}

std::string public_key(const Given& given) {
    return bytes_of(given.paths().checkpoint_keys());
}

// As somebody does who has access to the disk: the log of another directory, or day.
void take_log(const std::string& from, const std::string& to) {
    for (const char* name : {"/log", "/head"}) {
        fs::remove_all(to + name);
        fs::copy(from + name, to + name, fs::copy_options::recursive);
    }
}

void drop_snapshots_and_tree(const Given& given) {
    fs::remove_all(given.paths().snapshots());
    fs::remove(given.paths().tree());
}

}  // namespace

TEST_CASE("what the server leaves is as it was written", "[tools]") {
    Given given;
    REQUIRE(given.run(10));
    CHECK(given.verify().value() == ExitCode::done);
    REQUIRE(given.run(300));
    CHECK(given.verify().value() == ExitCode::done);
    CHECK(run_audit_checkpoint(given.options()).value() == ExitCode::done);
    // The log's newest, and its copy.
    const auto journal = RocksdbJournal::open({.directory = given.data(), .read_only = true});
    const auto last = ledger::log::last_checkpoint(*journal.value()).value();
    CHECK(last->sequence == journal.value()->last_sequence());
    CHECK(last->note == bytes_of(given.paths().checkpoint()));
}

TEST_CASE("a log without a checkpoint, or without its keys, is no proof of anything", "[tools]") {
    Given given;
    REQUIRE(given.run(0));
    CHECK(code_of(run_audit_checkpoint(given.options())) == ExitCode::findings);
    REQUIRE(given.run(3));
    fs::remove(given.paths().checkpoint_keys());
    CHECK(code_of(given.verify()) == ExitCode::usage);
}

TEST_CASE("a changed copy of the checkpoint is found", "[tools]") {
    Given given;
    REQUIRE(given.run(3));
    const std::string path = given.paths().checkpoint();
    const std::string whole = bytes_of(path);
    for (std::size_t at = 0; at < whole.size(); at += 13) {
        flip_byte(path, at);
        CHECK(given.verify().value() == ExitCode::corrupt);
        write_bytes(path, whole);
    }
    CHECK(given.verify().value() == ExitCode::done);
}

TEST_CASE("an edited snapshot is found", "[tools]") {
    Given given;
    REQUIRE(given.run(3));
    const auto snapshots = projections::list_snapshots(given.paths().snapshots());
    REQUIRE(snapshots.size() == 1);
    flip_byte(snapshots[0].path, bytes_of(snapshots[0].path).size() / 2);
    CHECK(given.verify().value() == ExitCode::corrupt);
}

TEST_CASE("a whole snapshot that says something else is found", "[tools]") {
    Given given;
    Given other;
    REQUIRE(given.run(3));
    REQUIRE(other.run(1));
    REQUIRE(other.run(1));
    const auto mine = projections::list_snapshots(given.paths().snapshots());
    const auto theirs = projections::list_snapshots(other.paths().snapshots());
    fs::copy_file(theirs[0].path, mine[0].path, fs::copy_options::overwrite_existing);
    CHECK(given.verify().value() == ExitCode::corrupt);
}

TEST_CASE("a checkpoint with another digest than the fold's is found", "[tools]") {
    Given given;
    REQUIRE(given.run(3));
    given.fold_wrongly();
    REQUIRE(given.run(3));
    CHECK(given.verify().value() == ExitCode::corrupt);
}

TEST_CASE("a record that the index of accounts has lost is found", "[tools]") {
    Given given;
    REQUIRE(given.run(3));
    {
        auto journal = RocksdbJournal::open({.directory = given.data()}).value();
        ledger::Event event;
        event.sequence = journal->last_sequence() + 1;
        event.id = ledger::NaturalKey{"unindexed"}.id();
        event.payload = ledger::FundsReported{ledger::AccountNumber{1}, {}, {}};
        ledger::log::RecordEncoder encoder;
        const std::string record{encoder.encode(event)};
        const std::vector<ledger::EventId> ids{event.id};
        const ledger::log::JournalEntry entry{record, ids, {}};
        REQUIRE(journal->append({&entry, 1}));
    }
    CHECK(given.verify().value() == ExitCode::corrupt);
}

TEST_CASE("an edited hash of the tree is found, and the server does without the file", "[tools]") {
    Given given;
    REQUIRE(given.run(300));
    flip_byte(given.paths().tree(), 20);
    CHECK(given.verify().value() == ExitCode::corrupt);
    CHECK(given.run(1).error().code == ledger::Errc::corrupt);
    fs::remove(given.paths().tree());
    REQUIRE(given.run(1));
    CHECK(given.verify().value() == ExitCode::done);
}

TEST_CASE("yesterday's log under today's checkpoint is found", "[tools]") {
    Given given;
    REQUIRE(given.run(3));
    const std::string yesterday = given.path("yesterday");
    fs::copy(given.data(), yesterday, fs::copy_options::recursive);
    REQUIRE(given.run(3));
    drop_snapshots_and_tree(given);
    take_log(yesterday, given.data());
    CHECK(given.verify().value() == ExitCode::corrupt);
}

TEST_CASE("yesterday's whole directory is found by whoever kept a checkpoint", "[tools]") {
    Given given;
    REQUIRE(given.run(3));
    const std::string yesterday = given.path("yesterday");
    fs::copy(given.data(), yesterday, fs::copy_options::recursive);
    const std::string witness = given.path("witness");
    REQUIRE(given.run(3, witness));
    AuditOptions options = given.options();
    options.checkpoint = witness;
    CHECK(run_audit_verify(options).value() == ExitCode::done);
    options.data = yesterday;
    CHECK(run_audit_verify(options).value() == ExitCode::corrupt);
    options.checkpoint.clear();
    CHECK(run_audit_verify(options).value() == ExitCode::done);
}

TEST_CASE("a log that another key signed is found, and not served", "[tools]") {
    Given given;
    Given other;
    REQUIRE(given.run(3));
    REQUIRE(other.run(3));
    drop_snapshots_and_tree(given);
    take_log(other.data(), given.data());
    CHECK(given.verify().value() == ExitCode::corrupt);
    const auto served = given.run(1);
    REQUIRE(served.has_error());
    CHECK(served.error().code == Errc::corrupt);
}

TEST_CASE("a rewritten log, signed with the stolen key, is found by the copy", "[tools]") {
    Given given;
    Given forger;
    REQUIRE(given.run(3));
    fs::create_directories(forger.data());
    fs::copy_file(given.paths().checkpoint_key(), forger.paths().checkpoint_key());
    REQUIRE(forger.run(5));
    drop_snapshots_and_tree(given);
    take_log(forger.data(), given.data());
    CHECK(given.verify().value() == ExitCode::corrupt);
}

TEST_CASE("a key is made once, for its owner's eyes, and handed over at a start", "[tools]") {
    Given given;
    CHECK(run_keygen({.data = given.data(), .name = "example.com/log"}).value() == ExitCode::done);
    const std::string first = public_key(given);
    CHECK(first.starts_with("example.com/log+"));
    CHECK((fs::status(given.paths().checkpoint_key()).permissions() & fs::perms::all) ==
          (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(run_keygen({.data = given.data()}).value() == ExitCode::done);
    CHECK(public_key(given) == first);
    REQUIRE(given.run(3));
    CHECK(run_keygen({.data = given.data(), .name = {}, .rotate = true}).value() == ExitCode::done);
    CHECK(code_of(run_keygen({.data = given.data(), .name = {}, .rotate = true})) ==
          ExitCode::refused);
    CHECK(public_key(given) == first);
    REQUIRE(given.run(3));
    CHECK_FALSE(fs::exists(given.paths().next_checkpoint_key()));
    CHECK(read_verifiers(given.paths().checkpoint_keys()).value().size() == 2);
    CHECK(given.verify().value() == ExitCode::done);
    // Whoever believes the first key believes what it handed over to.
    write_bytes(given.paths().checkpoint_keys(), first);
    fs::remove(given.paths().checkpoint());
    CHECK(given.verify().value() == ExitCode::done);
}

TEST_CASE("a witness that is a directory gets every checkpoint", "[tools]") {
    Given given;
    const std::string witness = given.path("witness");
    fs::create_directory(witness);
    REQUIRE(given.run(4, witness));
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{witness}) {
        names.push_back(entry.path().filename());
        AuditOptions options = given.options();
        options.checkpoint = entry.path();
        CHECK(run_audit_verify(options).value() == ExitCode::done);
    }
    std::ranges::sort(names);
    CHECK(names == std::vector<std::string>{"checkpoint-0000000000000000003",
                                            "checkpoint-0000000000000000005"});
}

TEST_CASE("a witness that cannot be written stops nothing", "[tools]") {
    Given given;
    CHECK(given.run(2, given.path("no/such/directory")));
}

TEST_CASE("what is proved is checked without the directory", "[tools]") {
    Given given;
    REQUIRE(given.run(300));
    const std::string former = given.path("former");
    fs::copy_file(given.paths().checkpoint(), former);
    REQUIRE(given.run(3));
    AuditOptions options = given.options();
    options.keys_path = given.path("key");
    write_bytes(options.keys_path, public_key(given));

    AuditOptions prove = options;
    prove.event = "280";
    prove.file = given.path("inclusion");
    CHECK(run_audit_prove(prove).value() == ExitCode::done);
    prove.event.clear();
    prove.checkpoint = former;
    prove.file = given.path("consistency");
    CHECK(run_audit_prove(prove).value() == ExitCode::done);
    AuditOptions bundle = options;
    bundle.account = "M7";
    bundle.file = given.path("bundle");
    CHECK(run_audit_bundle(bundle).value() == ExitCode::done);

    for (const char* name : {"inclusion", "consistency", "bundle", "former"}) {
        AuditOptions check = options;
        check.data = given.path("nowhere");
        check.file = given.path(name);
        INFO(name << ": " << bytes_of(check.file));
        CHECK(run_audit_check(check).value() == ExitCode::done);
        flip_byte(check.file, bytes_of(check.file).size() / 2);
        CHECK(code_of(run_audit_check(check)) == ExitCode::corrupt);
        check.keys_path.clear();
        CHECK(code_of(run_audit_check(check)) == ExitCode::usage);
    }
}

TEST_CASE("what is not there is not proved", "[tools]") {
    Given given;
    REQUIRE(given.run(3));
    AuditOptions options = given.options();
    options.file = given.path("proof");
    CHECK(code_of(run_audit_prove(options)) == ExitCode::usage);
    options.event = "999";
    CHECK(code_of(run_audit_prove(options)) == ExitCode::findings);
    options.event = "5";  // the last checkpoint itself
    CHECK(code_of(run_audit_prove(options)) == ExitCode::cannot_open);
    options.file = given.path("nowhere/proof");
    options.event = "1";
    CHECK(code_of(run_audit_prove(options)) == ExitCode::cannot_open);
}

}  // namespace tools::test::audit_test
