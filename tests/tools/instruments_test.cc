#include "tools/instruments.h"

#include "tests/tools/tool_fixture.h"

#include <catch2/catch.hpp>

namespace tools::test {

namespace {

using ledger::DefineInstrument;
using Instruments = std::vector<DefineInstrument>;

// As Kite's API documents the file.
const std::string header =
    "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,"
    "lot_size,instrument_type,segment,exchange\n";

ledger::Result<Instruments> read(const std::string& bytes) {
    const TemporaryDirectory directory;
    return read_kite_instruments(directory.file("instruments.csv", bytes));
}

Instruments rows_of(const std::string& bytes) {
    auto rows = read(bytes);
    if (!rows) FAIL(rows.error().detail);
    return std::move(rows).value();
}

ledger::Error error_of(const std::string& bytes) {
    const auto rows = read(bytes);
    INFO(bytes);
    REQUIRE_FALSE(rows.has_value());
    return rows.error();
}

}  // namespace

TEST_CASE("Kite's instrument file defines tokens, symbols, lots and ticks", "[tools]") {
    const Instruments rows =
        rows_of(header + "408065,1594,INFY,\"INFOSYS\",0,,,0.05,1,EQ,NSE,NSE\n" +
                "5720322,22345,NIFTY15DECFUT,\"NIFTY, the index\",78.0,2015-12-31,,0.0025,75,FUT,"
                "NFO-FUT,NFO\n");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].instrument == ledger::Instrument{ledger::Segment::nse_cash, "1594", "INFY"});
    CHECK(rows[0].rules.lot_size == ledger::Quantity{1});
    CHECK(rows[0].rules.tick_size == ledger::Price{500});
    CHECK(rows[1].instrument ==
          ledger::Instrument{ledger::Segment::nse_derivatives, "22345", "NIFTY15DECFUT"});
    CHECK(rows[1].rules.lot_size == ledger::Quantity{75});
    CHECK(rows[1].rules.tick_size == ledger::Price{25});
}

TEST_CASE("columns are found by their names, wherever they stand", "[tools]") {
    const Instruments rows =
        rows_of("lot_size,tradingsymbol,exchange,tick_size,exchange_token\r\n25,X,BSE,5,9\r\n\r\n");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].instrument == ledger::Instrument{ledger::Segment::bse_cash, "9", "X"});
    CHECK(rows[0].rules.lot_size == ledger::Quantity{25});
    CHECK(rows[0].rules.tick_size == ledger::Price{50'000});
}

TEST_CASE("instruments of exchanges that the ledger does not know are passed over", "[tools]") {
    CHECK(rows_of(header + "1,1,GIFT,\"X\",0,,,0.5,1,EQ,NSEIX,NSEIX\n").empty());
    CHECK(rows_of(header).empty());
}

TEST_CASE("a row that cannot be used is named by file and line", "[tools]") {
    const std::string good = "1,1594,INFY,\"INFOSYS\",0,,,0.05,1,EQ,NSE,NSE\n";
    for (const char* bad : {
             "1,1594,INFY,\"INFOSYS\",0,,,0.05,0,EQ,NSE,NSE",
             "1,1594,INFY,\"INFOSYS\",0,,,0.05,-1,EQ,NSE,NSE",
             "1,1594,INFY,\"INFOSYS\",0,,,0.05,1.5,EQ,NSE,NSE",
             "1,1594,INFY,\"INFOSYS\",0,,,0.05,,EQ,NSE,NSE",
             "1,1594,INFY,\"INFOSYS\",0,,,x,1,EQ,NSE,NSE",
             "1,1594,INFY,\"INFOSYS\",0,,,-0.05,1,EQ,NSE,NSE",
             "1,1594,INFY",
         }) {
        const ledger::Error error = error_of(header + good + bad + "\n");
        CHECK(error.code == ledger::Errc::invalid_input);
        CHECK(error.field == "instruments.files");
        CHECK(error.detail.find("instruments.csv line 3 ") != std::string::npos);
    }
}

TEST_CASE("a file without the columns that are wanted is refused", "[tools]") {
    CHECK(error_of("").field == "instruments.files");
    CHECK(error_of("exchange,exchange_token,tradingsymbol,tick_size\nNSE,1,X,0.05\n")
              .detail.find("lot_size") != std::string::npos);
}

TEST_CASE("an instrument file that is not there cannot be opened", "[tools]") {
    const auto rows = read_kite_instruments("/nonexistent/instruments.csv");
    REQUIRE_FALSE(rows.has_value());
    CHECK(rows.error().code == ledger::Errc::unavailable);
}

}  // namespace tools::test
