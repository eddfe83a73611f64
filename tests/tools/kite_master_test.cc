#include "tests/tools/instrument_masters.h"

#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::kite_master_test {

using ledger::Price;
using ledger::Quantity;
using ledger::Segment;

namespace {

const std::string good = "1,1594,INFY,\"INFOSYS\",0,,,0.05,1,EQ,NSE,NSE\n";

}  // namespace

TEST_CASE("Kite's instrument file defines tokens, symbols, lots and ticks", "[tools]") {
    const auto rows =
        rows_of("instruments.csv",
                kite_header + "408065,1594,INFY,\"INFOSYS\",0,,,0.05,1,EQ,NSE,NSE\n" +
                    "5720322,22345,NIFTY15DECFUT,\"NIFTY, the index\",78.0,2015-12-31,,0.0025,75,"
                    "FUT,NFO-FUT,NFO\n");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].instrument == ledger::Instrument{Segment::nse_cash, "1594", "INFY"});
    CHECK(rows[0].rules == ledger::InstrumentRules{Quantity{1}, Price{500}, Quantity{0}, 0});
    CHECK(rows[1].instrument ==
          ledger::Instrument{Segment::nse_derivatives, "22345", "NIFTY15DECFUT"});
    CHECK(rows[1].rules == ledger::InstrumentRules{Quantity{75}, Price{25}, Quantity{0}, 0});
}

TEST_CASE("Kite's columns are found by their names, wherever they stand", "[tools]") {
    const auto rows = rows_of(
        "k.csv",
        "\xef\xbb\xbflot_size,tradingsymbol,exchange,tick_size,exchange_token\r\n25,X,BSE,5,9\r\n"
        "\r\n");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].instrument == ledger::Instrument{Segment::bse_cash, "9", "X"});
    CHECK(rows[0].rules.lot_size == Quantity{25});
    CHECK(rows[0].rules.tick_size == Price{50'000});
}

TEST_CASE("Kite's rows that cannot be traded here are passed over", "[tools]") {
    CHECK(rows_of("k.csv", kite_header + "1,1,GIFT,\"X\",0,,,0.5,1,EQ,NSEIX,NSEIX\n").empty());
    // An index has the exchange of shares, and may have the token of one.
    CHECK(rows_of("k.csv", kite_header + "256265,1594,NIFTY 50,NIFTY 50,0,,0,0,0,EQ,INDICES,NSE\n")
              .empty());
    CHECK(rows_of("k.csv", kite_header).empty());
}

TEST_CASE("a bad row of Kite's file is named by file, line and column", "[tools]") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"1,1594,INFY,\"INFOSYS\",0,,,0.05,0,EQ,NSE,NSE", "lot_size"},
        {"1,1594,INFY,\"INFOSYS\",0,,,0.05,-1,EQ,NSE,NSE", "lot_size"},
        {"1,1594,INFY,\"INFOSYS\",0,,,0.05,1.5,EQ,NSE,NSE", "lot_size"},
        {"1,1594,INFY,\"INFOSYS\",0,,,0.05,1000000000001,EQ,NSE,NSE", "lot_size"},
        {"1,1594,INFY,\"INFOSYS\",0,,,0.05,,EQ,NSE,NSE", "lot_size"},
        {"1,1594,INFY,\"INFOSYS\",0,,,x,1,EQ,NSE,NSE", "tick_size"},
        {"1,1594,INFY,\"INFOSYS\",0,,,-0.05,1,EQ,NSE,NSE", "tick_size"},
        {"1,1594,INFY,\"INFOSYS\",0,,,0.00001,1,EQ,NSE,NSE", "tick_size"},
        {"1,,INFY,\"INFOSYS\",0,,,0.05,1,EQ,NSE,NSE", "exchange_token"},
        {"1,1594,,\"INFOSYS\",0,,,0.05,1,EQ,NSE,NSE", "tradingsymbol"},
        {"1,1594,IN\x01"
         "FY,\"INFOSYS\",0,,,0.05,1,EQ,NSE,NSE",
         "tradingsymbol"},
        {"1,1594," + std::string(65, 'I') + ",\"\",0,,,0.05,1,EQ,NSE,NSE", "tradingsymbol"},
        {"1,1594,INFY", "exchange"},
    };
    for (const auto& [bad, column] : cases) {
        const auto error =
            error_of_master("instruments-20261120.csv", kite_header + good + bad + "\n");
        CHECK(error.code == ledger::Errc::invalid_input);
        CHECK(error.field == "instruments.files");
        INFO(error.detail);
        CHECK(error.detail.find("instruments-20261120.csv line 3 " + column + " ") !=
              std::string::npos);
    }
}

TEST_CASE("the day of an instrument is that of its file", "[tools]") {
    const TemporaryDirectory directory;
    const FreezeQuantities none;
    const auto day_of = [&](const InstrumentFile& file) {
        auto reader = InstrumentReader::open(file, none);
        REQUIRE(reader.has_value());
        const auto row = reader.value().next();
        REQUIRE(row.has_value());
        REQUIRE(row.value().has_value());
        CHECK(row.value()->rules.valid_on == reader.value().valid_on());
        return row.value()->rules.valid_on;
    };
    const std::string dated = directory.file("instruments-20261120.csv", kite_header + good);
    const std::string undated = directory.file("instruments.csv", kite_header + good);
    CHECK(day_of({dated, {}}) == 20'261'120);
    CHECK(day_of({undated, {}}) == 0);
    CHECK(day_of({undated, 1}) == 19'700'102);
    CHECK(day_of({dated, 1}) == 19'700'102);
}

TEST_CASE("an instrument file may be compressed", "[tools]") {
    const TemporaryDirectory directory;
    const FreezeQuantities none;
    auto reader =
        InstrumentReader::open({directory.gzip_file("k.csv.gz", kite_header + good), {}}, none);
    REQUIRE(reader.has_value());
    CHECK(reader.value().next().value()->instrument.symbol == "INFY");
    CHECK_FALSE(reader.value().next().value().has_value());
}

TEST_CASE("a file that is none of the known kinds is refused by name", "[tools]") {
    for (const char* bytes :
         {"", "exchange,exchange_token,tradingsymbol,tick_size\nNSE,1,X,0.05\n", "<html>no</html>",
          R"({"type":"success","result":"NSECM|1|8|A|A-EQ|EQ|A-EQ|1|0|0|1|1|1|1"})"}) {
        const auto error = error_of_master("some.csv", bytes);
        CHECK(error.code == ledger::Errc::invalid_input);
        CHECK(error.field == "instruments.files");
        CHECK(error.detail.find("some.csv is none of") != std::string::npos);
    }
}

TEST_CASE("an instrument file that is not there, or too long in a line, is refused", "[tools]") {
    const FreezeQuantities none;
    const auto missing = InstrumentReader::open({"/nonexistent/instruments.csv", {}}, none);
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().code == ledger::Errc::unavailable);
    const auto error = error_of_master("k.csv", kite_header + std::string(2 << 20, 'x'));
    CHECK(error.detail.find("k.csv line 2 is too long") != std::string::npos);
}

}  // namespace tools::test::kite_master_test
