#include "tools/instruments/define_instruments.h"

#include "ledger/log/memory_journal.h"
#include "tests/tools/instrument_masters.h"

#include <catch2/catch.hpp>

namespace tools::test::define_instruments_test {

using ledger::Quantity;
using ledger::Segment;

namespace {

const std::string kite_row = "1,7,IDX26NOVFUT,IDX,0,2026-11-26,0,0.05,75,FUT,NFO-FUT,NFO\n";
const std::string xts_row = "NSEFO|7|1|IDX|IDX26NOVFUT|FUTIDX|IDX-F|1|0|0|1801|0.05|75|1\n";

struct Given {
    ledger::Result<void> define(const std::vector<InstrumentFile>& files) {
        return define_instruments(files, sequencer);
    }

    ledger::InstrumentRules rules() const {
        const auto* known = sequencer.state().instruments.find({Segment::nse_derivatives, "7"});
        REQUIRE(known != nullptr);
        return known->rules;
    }

    TemporaryDirectory directory;
    ledger::log::MemoryJournal journal;
    TickingClock clock;
    ledger::Sequencer sequencer{journal, clock, {}, {}};
};

}  // namespace

TEST_CASE("instrument files are recorded once, however often they are read", "[tools]") {
    Given given;
    const InstrumentFile file{given.directory.file("kite-20261120.csv", kite_header + kite_row),
                              {}};
    REQUIRE(given.define({file}).has_value());
    CHECK(given.journal.last_sequence() == 1);
    CHECK(given.rules().valid_on == 20'261'120);
    REQUIRE(given.define({file, file}).has_value());
    CHECK(given.journal.last_sequence() == 1);
}

TEST_CASE("freeze quantities are applied wherever their file stands in the list", "[tools]") {
    Given given;
    const InstrumentFile master{given.directory.file("k.csv", kite_header + kite_row), {}};
    const InstrumentFile freezes{
        given.directory.file("qtyfreeze.csv", "S.No.,SYMBOL,VOL_FRZ_QTY\n1,IDX ,1800\n"), {}};
    REQUIRE(given.define({master, freezes}).has_value());
    CHECK(given.rules().freeze_quantity == Quantity{1'800});
}

TEST_CASE("of two files of one day, what the one does not say stays as the other said it",
          "[tools]") {
    Given given;
    const InstrumentFile xts{given.directory.file("xts-20261120.txt", xts_row), {}};
    const InstrumentFile kite{given.directory.file("kite-20261120.csv", kite_header + kite_row),
                              {}};
    for (int start = 0; start < 2; ++start) {
        REQUIRE(given.define({xts, kite}).has_value());
        REQUIRE(given.define({kite, xts}).has_value());
        CHECK(given.rules().freeze_quantity == Quantity{1'800});
        CHECK(given.journal.last_sequence() == 1);
    }
}

TEST_CASE("an older file does not overwrite a newer one", "[tools]") {
    Given given;
    const InstrumentFile newer{given.directory.file("20261120.txt", xts_row), {}};
    const InstrumentFile older{given.directory.file("20261119.csv", kite_header + kite_row), {}};
    REQUIRE(given.define({newer, older}).has_value());
    CHECK(given.rules().valid_on == 20'261'120);
    CHECK(given.rules().freeze_quantity == Quantity{1'800});
}

TEST_CASE("a file of more rows than one batch is recorded whole", "[tools]") {
    Given given;
    std::string rows = kite_header;
    constexpr int count = 600;
    for (int i = 1; i <= count; ++i) {
        rows += "1," + std::to_string(i) + ",S" + std::to_string(i) + ",X,0,,,0.05,1,EQ,NSE,NSE\n";
    }
    REQUIRE(given.define({{given.directory.file("k.csv", rows), {}}}).has_value());
    CHECK(given.journal.last_sequence() == count);
}

TEST_CASE("a bad row stops the start, and so does a file that is not there", "[tools]") {
    Given given;
    const std::string bad =
        given.directory.file("k.csv", kite_header + "1,1,X,X,0,,,0.05,0,E,N,NSE\n");
    CHECK(given.define({{bad, {}}}).error().field == "instruments.files");
    CHECK(given.define({{given.directory.path() + "/no.csv", {}}}).error().code ==
          ledger::Errc::unavailable);
}

}  // namespace tools::test::define_instruments_test
