// Values of a run, drawn from small sets so that they collide: what one action sets, the next one
// meets.
#pragma once

#include "ledger/model/command.h"
#include "tests/simulation/twins/dice.h"

#include <array>

namespace simulation {

inline constexpr std::int64_t rupee = 10'000;

template <class T, std::size_t count>
T one_of(Dice& dice, const std::array<T, count>& values) {
    return values[dice.below(count)];
}

[[nodiscard]] ledger::Price any_price(Dice& dice);
[[nodiscard]] ledger::Quantity any_quantity(Dice& dice);
[[nodiscard]] ledger::Ratio any_ratio(Dice& dice);
// Of any type, with the prices that it wants.
[[nodiscard]] ledger::OrderTerms any_terms(Dice& dice);
// Each bound by itself is there or not.
[[nodiscard]] ledger::RiskLimits any_limits(Dice& dice);
[[nodiscard]] ledger::InstrumentRules any_rules(Dice& dice);
[[nodiscard]] ledger::Calendar any_calendar(Dice& dice);
// How a link copies: strategy, sides, maps, price mode, policies. Who with whom is left open.
[[nodiscard]] ledger::SetLink any_link(Dice& dice);

}  // namespace simulation
