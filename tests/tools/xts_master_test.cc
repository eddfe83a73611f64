#include "tests/tools/instrument_masters.h"

#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::xts_master_test {

using ledger::Price;
using ledger::Quantity;
using ledger::Segment;

namespace {

// Cash: 22 fields. Options: 23. Futures and spreads: 21, without strike and option type.
const std::string equity =
    "NSECM|11|8|ABC|ABC-EQ|EQ|ABC-EQ|1100100000011|110|90|67662|0.1|1|1|ABC|INE000000001|1|1|"
    "ABC LIMITED-EQ|0|-1|-1\n";
const std::string option =
    "NSEFO|40001|2|IDX|IDX26NOV25000CE|OPTIDX|IDX-OPTIDX|2600000040001|1200|0.05|1801|0.05|75|1|"
    "-1|Idx|2026-11-26T14:30:00|25000|3|IDX 26NOV2026 CE 25000|1|1|IDX26NOV25000CE\n";
const std::string future =
    "NSEFO|35001|1|IDX|IDX26NOVFUT|FUTIDX|IDX-FUTIDX|2600000035001|27500|22500|1801|0.1|75|1|-1|"
    "Idx|2026-11-26T14:30:00|IDX 26NOV2026|1|1|IDX26NOVFUT\n";

// A row whose columns after the series are these.
std::string row_of(const std::string& segment, const std::string& series,
                   const std::string& freeze_tick_lot) {
    return segment + "|7|8|ABC|ABC26|" + series + "|ABC-" + series + "|1|0|0|" + freeze_tick_lot +
           "|1\n";
}

Quantity freeze_of(const std::string& segment, const std::string& freeze, std::string_view lot) {
    const auto rows = rows_of("x.txt", row_of(segment, "S", freeze + "|0.05|" + std::string{lot}));
    REQUIRE(rows.size() == 1);
    return rows[0].rules.freeze_quantity;
}

}  // namespace

TEST_CASE("XTS's master dump defines cash and derivatives by one order of columns", "[tools]") {
    const auto rows = rows_of("NSE_2026-11-20.txt", equity + option + future);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].instrument == ledger::Instrument{Segment::nse_cash, "11", "ABC"});
    CHECK(rows[0].rules ==
          ledger::InstrumentRules{Quantity{1}, Price{1'000}, Quantity{67'661}, 20'261'120});
    CHECK(rows[1].instrument ==
          ledger::Instrument{Segment::nse_derivatives, "40001", "IDX26NOV25000CE"});
    CHECK(rows[1].rules ==
          ledger::InstrumentRules{Quantity{75}, Price{500}, Quantity{1'800}, 20'261'120});
    CHECK(rows[2].instrument ==
          ledger::Instrument{Segment::nse_derivatives, "35001", "IDX26NOVFUT"});
    CHECK(rows[2].rules.tick_size == Price{1'000});
}

TEST_CASE("NSE's FreezeQty is the least that freezes, BSE's the most that passes", "[tools]") {
    CHECK(freeze_of("NSEFO", "112501", "3750") == Quantity{112'500});
    CHECK(freeze_of("NSECM", "2", "1") == Quantity{1});
    CHECK(freeze_of("NSECD", "10001", "1") == Quantity{10'000});
    CHECK(freeze_of("BSEFO", "1000", "20") == Quantity{1'000});
    CHECK(freeze_of("BSECM", "500.5", "1") == Quantity{500});
    CHECK(freeze_of("MCXFO", "10000", "100") == Quantity{9'999});
}

TEST_CASE("a fraction of a FreezeQty rounds to what surely passes", "[tools]") {
    CHECK(freeze_of("NSECM", "6766210.1", "1") == Quantity{6'766'210});
    CHECK(freeze_of("NSECM", "6766210.0", "1") == Quantity{6'766'209});
}

TEST_CASE("a FreezeQty that lets nothing pass is no bound", "[tools]") {
    CHECK(freeze_of("NSECM", "0", "1") == Quantity{0});
    CHECK(freeze_of("NSECM", "1", "1") == Quantity{0});
    CHECK(freeze_of("BSECM", "0", "1") == Quantity{0});
}

TEST_CASE("a symbol of XTS is the one that Kite has", "[tools]") {
    const auto symbol_of = [](const std::string& segment, const std::string& series) {
        const auto rows = rows_of("x.txt", row_of(segment, series, "0|0.05|1"));
        REQUIRE(rows.size() == 1);
        return rows[0].instrument.symbol;
    };
    CHECK(symbol_of("NSECM", "EQ") == "ABC");
    CHECK(symbol_of("NSECM", "BE") == "ABC-BE");
    CHECK(symbol_of("BSECM", "A") == "ABC");
    CHECK(symbol_of("NSEFO", "FUTSTK") == "ABC26");
}

TEST_CASE("XTS's indices, spot prices and unknown segments are passed over", "[tools]") {
    const std::string index =
        "NSECM|26000|16|IDX 50|IDX 50|INDEX|IDX 50-INDEX|26000|0|0|0|0.05|1|1|IDX 50|IDX50|1|1\n";
    const std::string unknown = "NCDEX|1|1|X|X|F|X-F|1|0|0|0|1|0|1\n";
    CHECK(rows_of("x.txt", index + "\r\n" + unknown).empty());
    CHECK(rows_of("x.txt", index + equity).size() == 1);
}

TEST_CASE("a bad row of XTS's dump is named by file, line and column", "[tools]") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {row_of("NSECM", "EQ", "x|0.05|1"), "FreezeQty"},
        {row_of("NSECM", "EQ", "-1|0.05|1"), "FreezeQty"},
        {row_of("NSECM", "EQ", "|0.05|1"), "FreezeQty"},
        {row_of("NSECM", "EQ", "1|0,05|1"), "TickSize"},
        {row_of("NSECM", "EQ", "1|-1|1"), "TickSize"},
        {row_of("NSECM", "EQ", "1|0.05|0"), "LotSize"},
        {row_of("NSECM", "EQ", "1|0.05|0.5"), "LotSize"},
        {"NSECM||8|ABC|ABC-EQ|EQ|ABC-EQ|1|0|0|1|1|1|1\n", "ExchangeInstrumentID"},
        {"NSECM|1|8||ABC-EQ|EQ|ABC-EQ|1|0|0|1|1|1|1\n", "Name"},
        {"NSECM|1|8|ABC|ABC-EQ|EQ\n", "LotSize"},
    };
    for (const auto& [bad, column] : cases) {
        const auto error = error_of_master("NSECM.txt", equity + bad);
        INFO(error.detail);
        CHECK(error.field == "instruments.files");
        CHECK(error.detail.find("NSECM.txt line 2 " + column + " ") != std::string::npos);
    }
}

}  // namespace tools::test::xts_master_test
