// A text that keys have signed, as c2sp.org/signed-note defines it.
#pragma once

#include "ledger/base/byte_size.h"
#include "ledger/base/result.h"
#include "ledger/proof/note_key.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ledger::proof {

inline constexpr std::size_t note_bytes_max = 64 * kib;
inline constexpr std::size_t note_signatures_max = 32;

struct NoteSignature {
    std::string key_name;
    KeyHash key_hash{};
    std::string bytes;

    friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

struct SignedNote {
    std::string text;  // with the newline at its end
    std::vector<NoteSignature> signatures;

    friend bool operator==(const SignedNote&, const SignedNote&) = default;
};

// The note's form only: its signatures may be anyone's. invalid_input says what is wrong.
[[nodiscard]] Result<SignedNote> parse_note(std::string_view bytes);

// Requires a text that ends with a newline, and at least one signature.
[[nodiscard]] std::string note_bytes(const SignedNote& note);

[[nodiscard]] NoteSignature sign_note(std::string_view text, const SignerKey& key);

// Succeeds where one of the keys has signed the note and none of them is wrongly said to have;
// signatures of other keys are passed over. invalid_input ("signature") otherwise.
[[nodiscard]] Result<void> verify_note(const SignedNote& note, std::span<const VerifierKey> keys);

}  // namespace ledger::proof
