#include "tools/instruments/freeze_file.h"

#include "tests/tools/instrument_masters.h"

#include <catch2/catch.hpp>

namespace tools::test::freeze_file_test {

using ledger::Quantity;

namespace {

ledger::Result<FreezeQuantities> read_freezes(std::string_view bytes) {
    const TemporaryDirectory directory;
    FreezeQuantities freezes;
    BOOST_OUTCOME_TRY(read_freeze_file(directory.file("qtyfreeze.csv", bytes), freezes));
    return freezes;
}

}  // namespace

TEST_CASE("NSE's freeze quantities are read by symbol, without their padding", "[tools]") {
    const auto freezes = read_freezes(
        "S.No.,SYMBOL    ,VOL_FRZ_QTY\r\n1,BANKIDX   ,  600 \r\n2,IDX       ,\"1,800\"\r\n\r\n");
    REQUIRE(freezes.has_value());
    CHECK(freezes.value() ==
          FreezeQuantities{{"BANKIDX", Quantity{600}}, {"IDX", Quantity{1'800}}});
}

TEST_CASE("a bad row of the freeze quantities is named by file, line and column", "[tools]") {
    for (const char* bad : {"1,IDX", "1,IDX,", "1,IDX,0", "1,IDX,-5", "1,IDX,x", "1,IDX,1.5"}) {
        const auto freezes = read_freezes(std::string{"S.No.,SYMBOL,VOL_FRZ_QTY\n"} + bad + "\n");
        INFO(bad);
        REQUIRE_FALSE(freezes.has_value());
        CHECK(freezes.error().detail.find("qtyfreeze.csv line 2 VOL_FRZ_QTY ") !=
              std::string::npos);
    }
    const auto nameless = read_freezes("SYMBOL,VOL_FRZ_QTY\n  ,5\n");
    REQUIRE_FALSE(nameless.has_value());
    CHECK(nameless.error().detail.find("line 2 SYMBOL is empty") != std::string::npos);
}

TEST_CASE("the kind of a freeze file shows in its header", "[tools]") {
    const TemporaryDirectory directory;
    const auto is_freeze = [&](std::string_view bytes) {
        return holds_freeze_quantities(directory.file("f.csv", bytes)).value();
    };
    CHECK(is_freeze("S.No., SYMBOL , VOL_FRZ_QTY \n"));
    CHECK_FALSE(is_freeze(kite_header));
    CHECK_FALSE(is_freeze(""));
    CHECK_FALSE(holds_freeze_quantities("/nonexistent/f.csv").has_value());
}

TEST_CASE("freeze quantities hold for what is derived from the symbol at NSE, and no more",
          "[tools]") {
    const FreezeQuantities freezes{{"IDX", Quantity{1'800}}};
    const auto rows =
        rows_of("k.csv",
                kite_header +
                    "1,1,IDX26NOVFUT,\"IDX\",0,2026-11-26,0,0.05,75,FUT,NFO-FUT,NFO\n"
                    "2,2,IDXFIN26NOVFUT,IDXFIN,0,2026-11-26,0,0.05,75,FUT,NFO-FUT,NFO\n"
                    "3,3,IDX,IDX,0,,0,0.05,1,EQ,NSE,NSE\n"
                    "4,4,IDX26NOVFUT,IDX,0,2026-11-26,0,0.05,20,FUT,BFO-FUT,BFO\n",
                freezes);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].rules.freeze_quantity == Quantity{1'800});
    for (std::size_t i = 1; i < rows.size(); ++i) {
        CHECK(rows[i].rules.freeze_quantity == Quantity{0});
    }
}

TEST_CASE("what a derivative's own row says of its freeze quantity stands", "[tools]") {
    const auto rows = rows_of("x.txt", "NSEFO|1|1|IDX|IDX26|FUTIDX|IDX-F|1|0|0|601|0.05|75|1\n",
                              {{"IDX", Quantity{1'800}}});
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].rules.freeze_quantity == Quantity{600});
}

}  // namespace tools::test::freeze_file_test
