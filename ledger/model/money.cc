#include "ledger/model/money.h"

#include "ledger/text/decimal.h"

#include <numeric>

namespace ledger {

namespace {

constexpr int ratio_scale = 8;
constexpr std::int64_t ratio_unit = 100'000'000;
constexpr std::int64_t ratio_max = 1'000'000;

}  // namespace

Result<Ratio> parse_ratio(std::string_view text) {
    BOOST_OUTCOME_TRY(const auto scaled, text::parse_scaled(text, ratio_scale));
    if (scaled < 0) return Error{Errc::invalid_input, "a ratio is not negative", {}};
    if (scaled > ratio_max * ratio_unit) {
        return Error{Errc::invalid_input, "a ratio is at most 1000000", {}};
    }
    const std::int64_t divisor = std::gcd(scaled, ratio_unit);
    return Ratio{.numerator = scaled / divisor, .denominator = ratio_unit / divisor};
}

std::string to_text(Ratio ratio) {
    const auto scaled = mul_div_floor(ratio.numerator, ratio_unit, ratio.denominator);
    return text::format_scaled(scaled.value_or(0), ratio_scale);
}

}  // namespace ledger
