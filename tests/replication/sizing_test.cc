#include "ledger/replication/sizing.h"

#include <string>

#include <catch2/catch.hpp>

namespace ledger::replication::test::sizing_test {

namespace {

Ratio ratio(std::string_view text) {
    const auto parsed = parse_ratio(text);
    REQUIRE(parsed.has_value());
    return parsed.value();
}

Sized sized(std::string_view ratio_text, std::int64_t lot, std::int64_t quantity,
            bool round_up = false) {
    const LinkTerms link{.strategy = CopyStrategy::fixed_ratio,
                         .ratio = ratio(ratio_text),
                         .active = true,
                         .round_up_to_min_lot = round_up};
    InstrumentRules rules;
    rules.lot_size = Quantity{lot};
    return size_opening(link, rules, Quantity{quantity}, {});
}

// "0.07" for 7, "2.50" for 250.
std::string hundredths(int value) {
    const int rest = value % 100;
    return std::to_string(value / 100) + (rest < 10 ? ".0" : ".") + std::to_string(rest);
}

}  // namespace

TEST_CASE("a ratio is applied exactly", "[replication]") {
    CHECK(sized("0.29", 1, 100).quantity.value() == 29);
    CHECK(sized("1.15", 1, 100).quantity.value() == 115);
    CHECK(sized("0.3", 1, 10).quantity.value() == 3);
    CHECK(sized("2.675", 1, 1000).quantity.value() == 2675);
    CHECK(sized("0.00000001", 1, 100'000'000).quantity.value() == 1);
}

TEST_CASE("a scaled quantity is rounded down, never to the nearest", "[replication]") {
    CHECK(sized("0.5", 1, 3).quantity.value() == 1);
    CHECK(sized("1.99", 1, 1).quantity.value() == 1);
}

TEST_CASE("every ratio from 0.01 to 3.00 sizes every quantity to 500 as counting does",
          "[replication]") {
    int wrong = 0;
    for (int percent = 1; percent <= 300; ++percent) {
        const LinkTerms link{.strategy = CopyStrategy::fixed_ratio,
                             .ratio = ratio(hundredths(percent)),
                             .active = true,
                             .round_up_to_min_lot = false};
        // Whole units and hundredths of the product, by addition alone.
        int whole = 0;
        int rest = 0;
        for (int quantity = 1; quantity <= 500; ++quantity) {
            for (rest += percent; rest >= 100; rest -= 100) ++whole;
            const Sized got = size_opening(link, InstrumentRules{}, Quantity{quantity}, {});
            const bool skipped = got.skip == SkipReason::below_min_lot;
            if (got.quantity.value() != whole || skipped != (whole == 0)) ++wrong;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("a quantity is rounded down to whole lots", "[replication]") {
    CHECK(sized("1", 25, 99).quantity.value() == 75);
    CHECK(sized("1.5", 50, 100).quantity.value() == 150);
    CHECK(sized("0.5", 50, 199).quantity.value() == 50);
}

TEST_CASE("less than one lot is skipped with the figures that decided it", "[replication]") {
    const Sized got = sized("0.49", 50, 100);
    CHECK(got.skip == SkipReason::below_min_lot);
    CHECK(got.quantity.value() == 0);
    CHECK(got.figures.raw_quantity.value() == 49);
    CHECK(got.figures.master_quantity.value() == 100);
    CHECK(got.figures.lot_size.value() == 50);
    CHECK(got.figures.ratio == Ratio{49, 100});
}

TEST_CASE("a link that rounds up takes one lot where less would be left", "[replication]") {
    const Sized got = sized("0.49", 50, 100, true);
    CHECK(got.skip == SkipReason::none);
    CHECK(got.quantity.value() == 50);
    CHECK(sized("1", 50, 149, true).quantity.value() == 100);
}

TEST_CASE("a quantity that no order may hold is skipped, not wrapped", "[replication]") {
    CHECK(sized("1", 1, quantity_max).skip == SkipReason::none);
    CHECK(sized("1.00000001", 1, quantity_max).skip == SkipReason::quantity_overflow);
    CHECK(sized("1000000", 1, quantity_max).skip == SkipReason::quantity_overflow);
}

}  // namespace ledger::replication::test::sizing_test
