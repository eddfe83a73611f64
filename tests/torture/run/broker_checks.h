// The broker's own word held against the ledger's, once all has settled.
#pragma once

#include "tests/processes/stage.h"

#include <chrono>
#include <cstddef>
#include <set>
#include <string>

namespace torture {

// Retries, a tripped breaker and several visibility windows have room in it.
inline constexpr std::chrono::seconds settling{60};

// Waits until nothing is pending and `copyledger witness` finds that both tell the same: no orphan,
// no double, nothing missing, the same terms and fills. Throws a Violation where that does not
// come.
void await_agreement(const processes::Stage& stage, std::chrono::seconds limit = settling);

// I1 by the broker's journal alone: no reference was accepted twice. How many were accepted.
std::size_t check_no_double(const processes::Stage& stage);

// No copy of these master orders works, and no master order has two copies at work with a follower.
void check_copies(const processes::Stage& stage, const std::set<std::string>& canceled);

}  // namespace torture
