#include "ledger/proof/signed_note.h"

#include "ledger/base/assert.h"
#include "ledger/proof/base64.h"
#include "ledger/text/utf8.h"

#include <algorithm>
#include <utility>

namespace ledger::proof {
namespace {

// An em dash and a space.
constexpr std::string_view signature_prefix = "\xE2\x80\x94 ";

Error malformed(std::string detail) {
    return invalid_field("note", std::move(detail));
}

Error bad_signature(std::string detail) {
    return invalid_field("signature", std::move(detail));
}

bool has_control_character(std::string_view bytes) {
    return std::ranges::any_of(bytes, [](char c) { return c >= 0 && c < ' ' && c != '\n'; });
}

// Without its newline.
Result<NoteSignature> parse_signature(std::string_view line) {
    if (!line.starts_with(signature_prefix)) {
        return bad_signature("a signature's line begins with an em dash and a space");
    }
    line.remove_prefix(signature_prefix.size());
    const std::size_t name_end = line.find(' ');
    if (name_end == line.npos) return bad_signature("a signature's line has a name and base64");
    NoteSignature signature;
    signature.key_name = std::string{line.substr(0, name_end)};
    if (!is_key_name(signature.key_name)) return bad_signature("the key's name cannot be one");
    BOOST_OUTCOME_TRY(const std::string bytes, from_base64(line.substr(name_end + 1), "signature"));
    if (bytes.size() <= signature.key_hash.size()) return bad_signature("it is too short");
    const auto hash_end = bytes.begin() + static_cast<std::ptrdiff_t>(signature.key_hash.size());
    std::copy(bytes.begin(), hash_end, signature.key_hash.begin());
    signature.bytes.assign(hash_end, bytes.end());
    return signature;
}

bool signed_by(const NoteSignature& signature, const VerifierKey& key) {
    return signature.key_name == key.name() && signature.key_hash == key.hash();
}

}  // namespace

Result<SignedNote> parse_note(std::string_view bytes) {
    if (bytes.size() > note_bytes_max) return malformed("it is too large");
    if (!text::is_utf8(bytes)) return malformed("it is not UTF-8");
    if (has_control_character(bytes)) return malformed("it holds a control character");
    if (!bytes.ends_with('\n')) return malformed("it does not end with a newline");
    const std::size_t text_end = bytes.rfind("\n\n");
    if (text_end == bytes.npos) return malformed("no empty line parts text and signatures");
    SignedNote note{.text = std::string{bytes.substr(0, text_end + 1)}, .signatures = {}};
    std::string_view rest = bytes.substr(text_end + 2);
    while (!rest.empty()) {
        if (note.signatures.size() == note_signatures_max) {
            return bad_signature("more than " + std::to_string(note_signatures_max));
        }
        const std::size_t end = rest.find('\n');
        BOOST_OUTCOME_TRY(NoteSignature signature, parse_signature(rest.substr(0, end)));
        note.signatures.push_back(std::move(signature));
        rest.remove_prefix(end + 1);
    }
    if (note.signatures.empty()) return bad_signature("there is none");
    return note;
}

std::string note_bytes(const SignedNote& note) {
    LEDGER_ASSERT(note.text.ends_with('\n'));
    LEDGER_ASSERT(!note.signatures.empty());
    std::string bytes = note.text + '\n';
    for (const NoteSignature& signature : note.signatures) {
        std::string payload(signature.key_hash.begin(), signature.key_hash.end());
        payload += signature.bytes;
        bytes.append(signature_prefix).append(signature.key_name);
        bytes.append(" ").append(to_base64(payload)).append("\n");
    }
    return bytes;
}

NoteSignature sign_note(std::string_view text, const SignerKey& key) {
    return {.key_name = key.verifier().name(),
            .key_hash = key.verifier().hash(),
            .bytes = key.sign(text)};
}

Result<void> verify_note(const SignedNote& note, std::span<const VerifierKey> keys) {
    bool verified = false;
    for (const NoteSignature& signature : note.signatures) {
        const auto key = std::ranges::find_if(
            keys, [&](const VerifierKey& known) { return signed_by(signature, known); });
        if (key == keys.end()) continue;
        if (!key->verifies(note.text, signature.bytes)) {
            return bad_signature("it is not that of the key " + key->text());
        }
        verified = true;
    }
    if (!verified) return bad_signature("none is of a key that is known here");
    return boost::outcome_v2::success();
}

}  // namespace ledger::proof
