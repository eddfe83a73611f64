// What a log says of itself at one size, as c2sp.org/tlog-checkpoint writes it, and the states that
// its projections had there.
#pragma once

#include "ledger/proof/signed_note.h"
#include "ledger/proof/tree_verify.h"

#include <string>
#include <string_view>
#include <vector>

namespace ledger::proof {

// An extension line "state PROJECTION BASE64": the digest of what a projection holds.
struct StateDigest {
    std::string projection;  // a word without spaces
    std::string digest;      // its bytes

    friend bool operator==(const StateDigest&, const StateDigest&) = default;
};

struct Checkpoint {
    std::string origin;
    TreeHead tree;
    std::vector<StateDigest> states;

    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// A checkpoint and the note that says so.
struct SignedCheckpoint {
    Checkpoint checkpoint;
    SignedNote note;
};

// What is signed.
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);

// The signed note of a checkpoint.
[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint, const SignerKey& key);

// Strictly what checkpoint_text() writes; extension lines other than "state" are passed over.
// invalid_input names "note", "origin", "size", "root", "state" or "extension".
[[nodiscard]] Result<SignedCheckpoint> parse_checkpoint(std::string_view bytes);

// parse_checkpoint() and verify_note().
[[nodiscard]] Result<Checkpoint> verified_checkpoint(std::string_view bytes,
                                                     std::span<const VerifierKey> keys);

}  // namespace ledger::proof
