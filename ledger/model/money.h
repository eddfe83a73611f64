// Prices, money and quantities: integers with a fixed scale, never floating point.
#pragma once

#include "ledger/base/int128.h"
#include "ledger/base/result.h"
#include "ledger/base/strong_int.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

// Decimals kept of a price or an amount: ten-thousandths, because NSE's currency derivatives tick
// in 0.0025 and foreign samples price in 0.0001.
inline constexpr int price_scale = 4;

// Of what basis points are a share of: a whole has ten thousand.
inline constexpr std::int64_t bps_whole = 10'000;

// A price in ten-thousandths of the currency unit; 0 where an order has none.
using Price = StrongInt<struct PriceTag, std::int64_t>;
// An amount in ten-thousandths of the currency unit.
using Money = StrongInt<struct MoneyTag, std::int64_t>;
// Units of an instrument (shares, contracts), never lots.
using Quantity = StrongInt<struct QuantityTag, std::int64_t>;

inline constexpr std::int64_t quantity_max = 1'000'000'000'000;
inline constexpr std::int64_t price_max = 1'000'000'000'000;

constexpr Quantity operator+(Quantity a, Quantity b) {
    return Quantity{a.value() + b.value()};
}

constexpr Quantity operator-(Quantity a, Quantity b) {
    return Quantity{a.value() - b.value()};
}

// Without its sign. Requires that it is not the least of all values.
constexpr Quantity magnitude(Quantity quantity) {
    return quantity.value() < 0 ? Quantity{-quantity.value()} : quantity;
}

// Amounts beyond what Money holds stay at its bound.
constexpr Money operator+(Money a, Money b) {
    std::int64_t sum = 0;
    if (!__builtin_add_overflow(a.value(), b.value(), &sum)) return Money{sum};
    using Bounds = std::numeric_limits<std::int64_t>;
    return Money{a.value() < 0 ? Bounds::min() : Bounds::max()};
}

constexpr Money operator-(Money a, Money b) {
    std::int64_t difference = 0;
    if (!__builtin_sub_overflow(a.value(), b.value(), &difference)) return Money{difference};
    using Bounds = std::numeric_limits<std::int64_t>;
    return Money{a.value() < 0 ? Bounds::min() : Bounds::max()};
}

// Nothing where the product does not fit.
[[nodiscard]] constexpr std::optional<Money> value_of(Price price, Quantity quantity) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(price.value(), quantity.value(), &product)) return std::nullopt;
    return Money{product};
}

// An exact positive fraction; the default is one.
struct Ratio {
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;

    friend bool operator==(const Ratio&, const Ratio&) = default;
};

// "0.29" is 29/100, in lowest terms. Refuses negative numbers, more than 8 decimals, above 10^6.
[[nodiscard]] Result<Ratio> parse_ratio(std::string_view text);
// As a decimal: every Ratio that parse_ratio makes has a finite one.
[[nodiscard]] std::string to_text(Ratio ratio);

}  // namespace ledger
