// Random runs for the property tests: each step is three numbers, read as something that a master's
// broker, an executor or an operator may do in the state at hand. Most such steps are refused.
#pragma once

#include "tests/replication/given.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <rapidcheck.h>

namespace ledger::replication::test {

using Step = std::array<std::uint8_t, 3>;
using Steps = std::vector<Step>;

// RapidCheck begins with small numbers; here a small number means no simpler step, so these two
// draw from all numbers from the start. Only runs grow.
[[nodiscard]] rc::Gen<Steps> any_steps();
[[nodiscard]] std::size_t any_below(std::size_t bound);

// One master, three followers at ratios 1, 0.5 and 1.5, an instrument in lots of 25.
[[nodiscard]] World fleet();

// Every follower order's placing and every change of one, in the order of making.
[[nodiscard]] std::vector<Aim> aims(const World& world);

// A report of one of two master orders, with a version or without.
Answer master_speaks(World& world, const Step& step);
// An attempt begins, or ends in any way that leaves the order wanted.
Answer executor_acts(World& world, const Step& step);
// Any of the above, every other outcome, book rows true and false, switched accounts and links, and
// time passing.
Answer anything_happens(World& world, const Step& step);

// The first way in which the world is not as it must always be; empty where it is.
[[nodiscard]] std::string fault_of(const World& world);

}  // namespace ledger::replication::test
