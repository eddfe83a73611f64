// The last write before a crash, torn at every one of its bytes.
#include "tests/ledger/journal_fixture.h"
#include "tests/ledger/journal_trial.h"

#include <catch2/catch.hpp>

namespace journal_torn_test {

using namespace ledger;
using namespace ledger::log;
using namespace ledger::log::test;

namespace {

// Every byte of a write this long, as one of the head is, and so many of a longer one: each is an
// opening for writing, and the sanitizers want time.
constexpr std::size_t tears_max = 150;

void check_every_tear(const SimulatedDisk& disk, const std::string& crashed, const Told& told) {
    const std::size_t size = disk.last_write_size();
    const std::size_t step = size / tears_max + 1;
    for (std::size_t at = 0; at <= size; at += step) {
        INFO("torn after " << at << " of " << size << " bytes");
        disk.lay_out({.names = true, .data = Crash::Data::torn, .torn_at = at}, crashed);
        check_kept(crashed, told);
    }
}

}  // namespace

TEST_CASE("a batch torn at any byte is there whole or not at all", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    SimulatedStorage storage(scratch.data());
    auto journal = open_on(storage, scratch.data());
    REQUIRE(journal);
    REQUIRE(append_next(*journal.value(), 3));
    // An append writes the batch, syncs it and writes the head.
    const std::uint64_t before = storage.disk().operations();
    storage.disk().plan({Fault::Kind::power_cut, before + 2});
    REQUIRE_FALSE(append_next(*journal.value(), 1));
    REQUIRE(storage.disk().operations() == before + 1);
    REQUIRE(storage.disk().last_write_size() > 100);
    check_every_tear(storage.disk(), scratch.path() + "/crashed", {3, 4});
}

TEST_CASE("a head record torn at any byte does not hide the log", "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    SimulatedStorage storage(scratch.data());
    auto journal = open_on(storage, scratch.data());
    REQUIRE(journal);
    REQUIRE(append_next(*journal.value(), 3));
    SECTION("the slot before it is synced") {
        REQUIRE(journal.value()->sync_head());
    }
    SECTION("neither slot is synced") {}
    const std::uint64_t before = storage.disk().operations(Operation::overwrite);
    REQUIRE(append_next(*journal.value(), 1));
    REQUIRE(storage.disk().operations(Operation::overwrite) == before + 1);
    storage.disk().cut_power();
    check_every_tear(storage.disk(), scratch.path() + "/crashed", {4, 4});
}

// Half an hour: the other tests tear writes of each kind, this one every write.
TEST_CASE("any write of a workload torn at any byte loses nothing acknowledged",
          "[.][exhaustive]") {
    constexpr std::uint64_t operations_max = 5'000;
    for (std::uint64_t at = 1; at < operations_max; ++at) {
        INFO("power cut before operation " << at);
        const ScratchDirectory scratch;
        SimulatedStorage storage(scratch.data());
        storage.disk().plan({Fault::Kind::power_cut, at});
        const Trial trial = run_trial(storage, scratch.data());
        storage.disk().cut_power();
        if (storage.disk().operations() + 1 < at) return;
        check_every_tear(storage.disk(), scratch.path() + "/crashed", trial.told);
    }
    FAIL("the workload has no end");
}

}  // namespace journal_torn_test
