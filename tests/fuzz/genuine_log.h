// A log of a few records, two of its checkpoints and every kind of proof about it: whatever else is
// taken for a proof of this key is a forgery.
#pragma once

#include "ledger/proof/note_key.h"
#include "ledger/proof/tree_verify.h"
#include "tests/fuzz/corpus.h"

#include <array>
#include <string>
#include <vector>

namespace fuzz {

struct GenuineLog {
    ledger::proof::VerifierKey key;
    std::vector<std::string> records;
    std::array<ledger::proof::TreeHead, 2> heads;  // that checkpoints were signed of
};

[[nodiscard]] const GenuineLog& genuine_log();

// As the target `proofs` reads them.
[[nodiscard]] std::vector<Seed> proof_seeds();

}  // namespace fuzz
