// Snapshots of ledgers that have lived: an input that is not one teaches the fuzzer nothing, and
// every change of a snapshot's bytes makes the stored ones worthless.
#pragma once

#include "tests/fuzz/corpus.h"

#include <vector>

namespace fuzz {

// As the target `snapshot` reads them.
[[nodiscard]] std::vector<Seed> snapshot_seeds();

}  // namespace fuzz
