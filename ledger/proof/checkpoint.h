// What a log says of itself at one size, as c2sp.org/tlog-checkpoint writes it, and the states that
// its projections had there.
#pragma once

#include "ledger/proof/signed_note.h"
#include "ledger/proof/tree_verify.h"

#include <cstdint>
#include <optional>
#include <span>
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

// What the projections held after some of a checkpoint's records.
struct States {
    // An extension line "sequence NUMBER": after how many records, no more than the checkpoint's.
    std::uint64_t sequence = 0;
    // An extension line "version VERSION": of the bytes that are digested, which another version of
    // the program makes otherwise.
    std::string version;
    std::vector<StateDigest> digests;

    friend bool operator==(const States&, const States&) = default;
};

struct Checkpoint {
    std::string origin;
    TreeHead tree;
    States states;
    // An extension line "key NAME+HASH+BASE64": who signs the checkpoints after this one, which
    // the key before has signed too.
    std::optional<VerifierKey> next_key = std::nullopt;

    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// A checkpoint and the note that says so.
struct SignedCheckpoint {
    Checkpoint checkpoint;
    SignedNote note;
};

// What is signed.
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);

// The signed note of a checkpoint; with `next_key` signed by both.
[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint, const SignerKey& key);
[[nodiscard]] std::string sign_handover(Checkpoint checkpoint, const SignerKey& key,
                                        const SignerKey& next);

// Strictly what checkpoint_text() writes; extension lines of other words are passed over.
// invalid_input names "note", "origin", "size", "root", "sequence", "state", "key" or "extension".
[[nodiscard]] Result<SignedCheckpoint> parse_checkpoint(std::string_view bytes);

// parse_checkpoint() and verify_note().
[[nodiscard]] Result<Checkpoint> verified_checkpoint(std::string_view bytes,
                                                     std::span<const VerifierKey> keys);

}  // namespace ledger::proof
