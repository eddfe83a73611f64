// Every operation on the disk fails once, for ever, for want of room, or never comes because the
// power is gone: whatever was acknowledged is there afterwards, and nothing is half there.
#include "tests/ledger/journal_fixture.h"
#include "tests/ledger/journal_trial.h"

#include <vector>

#include <catch2/catch.hpp>

namespace journal_faults_test {

using namespace ledger;
using namespace ledger::log;
using namespace ledger::log::test;

namespace {

// What is not synced may be there or not, data and names each for themselves.
std::vector<Crash> crashes_of(const SimulatedDisk& disk) {
    return {
        {.names = false, .data = Crash::Data::synced},
        {.names = true, .data = Crash::Data::synced},
        {.names = false, .data = Crash::Data::written},
        {.names = true, .data = Crash::Data::written},
        {.names = true, .data = Crash::Data::torn, .torn_at = disk.last_write_size() / 2},
    };
}

// A bound for a loop that ends by itself where the workload does.
constexpr std::uint64_t operations_max = 5'000;

struct Tally {
    std::uint64_t refused_to_open = 0;
    std::uint64_t stopped = 0;
    std::uint64_t harmless = 0;
};

// False where the workload came to its end before the fault.
bool try_fault(const Fault& fault, Tally& tally) {
    const ScratchDirectory scratch;
    SimulatedStorage storage(scratch.data());
    SimulatedDisk& disk = storage.disk();
    disk.plan(fault);
    const Trial trial = run_trial(storage, scratch.data());
    disk.cut_power();
    const bool met = disk.operations() + 1 >= fault.at;
    const bool stopped = trial.told.acknowledged < trial.told.attempted;
    ++(!trial.told.opened_all ? tally.refused_to_open : stopped ? tally.stopped : tally.harmless);
    for (const Crash& crash : crashes_of(disk)) {
        INFO("names " << crash.names << ", data " << static_cast<int>(crash.data)
                      << ", acknowledged " << trial.told.acknowledged);
        disk.lay_out(crash, scratch.path() + "/crashed");
        check_kept(scratch.path() + "/crashed", trial.told);
    }
    return met;
}

Tally try_everywhere(Fault::Kind kind, std::uint64_t step) {
    Tally tally;
    std::uint64_t at = 1;
    for (; at < operations_max; at += step) {
        INFO("fault " << static_cast<int>(kind) << " at operation " << at);
        if (!try_fault({kind, at}, tally)) break;
    }
    CHECK(at < operations_max);
    CHECK(tally.refused_to_open > 0);
    CHECK(tally.stopped > 0);
    return tally;
}

}  // namespace

TEST_CASE("the workload that meets the faults does everything that a log does",
          "[ledger][one-thread]") {
    const ScratchDirectory scratch;
    SimulatedStorage storage(scratch.data());
    const Trial trial = run_trial(storage, scratch.data());
    CHECK(trial.told.acknowledged == 917);
    for (const Operation operation :
         {Operation::create, Operation::append, Operation::overwrite, Operation::sync,
          Operation::close, Operation::truncate, Operation::rename, Operation::remove,
          Operation::create_directory, Operation::sync_directory}) {
        INFO("operation " << static_cast<int>(operation));
        CHECK(storage.disk().operations(operation) > 0);
    }
}

// Of some 180 operations each takes about five: under the sanitizers, with five crashes of each,
// one takes seconds. The steps are primes, so that each kind strikes elsewhere.
TEST_CASE("an operation that fails once stops the journal or does no harm",
          "[ledger][one-thread]") {
    CHECK(try_everywhere(Fault::Kind::once, 37).harmless > 0);
}

TEST_CASE("a disk that fails for ever stops the journal", "[ledger][one-thread]") {
    try_everywhere(Fault::Kind::for_ever, 41);
}

TEST_CASE("a full disk stops the journal", "[ledger][one-thread]") {
    try_everywhere(Fault::Kind::disk_full, 43);
}

TEST_CASE("a power cut before any operation loses nothing that was acknowledged",
          "[ledger][one-thread]") {
    try_everywhere(Fault::Kind::power_cut, 37);
}

TEST_CASE("whichever operation fails, and however, nothing acknowledged is lost",
          "[.][exhaustive]") {
    for (const auto kind : {Fault::Kind::once, Fault::Kind::for_ever, Fault::Kind::disk_full,
                            Fault::Kind::power_cut}) {
        try_everywhere(kind, 1);
    }
}

}  // namespace journal_faults_test
