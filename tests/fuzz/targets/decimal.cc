// A decimal number, at each scale that is in use.
#include "ledger/text/decimal.h"

#include "ledger/base/int128.h"
#include "ledger/model/money.h"
#include "ledger/text/round_decimal.h"
#include "tests/fuzz/target.h"

#include <cstdint>

namespace fuzz {

namespace {

using namespace ledger::text;

void check_exact(Input text, int scale, std::int64_t value) {
    law(is_number_text(text), "only what JSON calls a number is read");
    const auto again = parse_scaled(format_scaled(value, scale), scale);
    law(again && again.value() == value, "printing and reading changes no number");
    const auto rounded = round_decimal(text, scale);
    law(rounded && rounded.value() == value, "an exact number needs no rounding");
}

void check_scale(Input text, int scale) {
    const auto exact = parse_scaled(text, scale);
    const auto rounded = round_decimal(text, scale);
    if (exact) check_exact(text, scale, exact.value());
    if (rounded) law(is_number_text(text), "only what JSON calls a number is rounded");
    // What has more decimals than the scale lies between its neighbours at a finer one.
    const auto finer = parse_scaled(text, scale + 2);
    if (finer && rounded) {
        const auto error = ledger::Int128{finer.value()} - ledger::Int128{rounded.value()} * 100;
        law(error >= -50 && error <= 50, "rounding is to the nearest");
    }
}

}  // namespace

void decimal(Input input) {
    for (const int scale : {0, 2, 4, 6, 9}) check_scale(input, scale);
    const auto ratio = ledger::parse_ratio(input);
    if (!ratio) return;
    law(ratio.value().numerator >= 0 && ratio.value().denominator > 0, "no ratio is negative");
    const auto again = ledger::parse_ratio(to_text(ratio.value()));
    law(again && again.value() == ratio.value(), "printing and reading changes no ratio");
}

}  // namespace fuzz
