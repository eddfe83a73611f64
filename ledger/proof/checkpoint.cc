#include "ledger/proof/checkpoint.h"

#include "ledger/base/assert.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/decimal_number.h"

#include <optional>
#include <utility>

namespace ledger::proof {
namespace {

constexpr std::string_view state_prefix = "state ";
constexpr std::string_view version_prefix = "version ";
constexpr std::string_view sequence_prefix = "sequence ";
constexpr std::string_view key_prefix = "key ";

// The lines of a text, each without its newline.
class Lines {
  public:
    // Requires that each line ends with a newline.
    explicit Lines(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool done() const { return rest_.empty(); }

    // The next one; empty where there is none, which no line of a checkpoint may be.
    std::string_view next() {
        const std::size_t end = rest_.find('\n');
        if (end == rest_.npos) return {};
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return line;
    }

  private:
    std::string_view rest_;
};

Result<StateDigest> parse_state(std::string_view line) {
    line.remove_prefix(state_prefix.size());
    const std::size_t name_end = line.find(' ');
    if (name_end == line.npos || name_end == 0) {
        return invalid_field("state", "is not of the form: state PROJECTION BASE64");
    }
    BOOST_OUTCOME_TRY(std::string digest, from_base64(line.substr(name_end + 1), "state"));
    return StateDigest{.projection = std::string{line.substr(0, name_end)},
                       .digest = std::move(digest)};
}

Result<void> read_extension(std::string_view line, Checkpoint& checkpoint) {
    if (line.empty()) return invalid_field("extension", "an extension line is empty");
    if (line.starts_with(state_prefix)) {
        BOOST_OUTCOME_TRY(StateDigest state, parse_state(line));
        checkpoint.states.digests.push_back(std::move(state));
    } else if (line.starts_with(version_prefix)) {
        checkpoint.states.version = line.substr(version_prefix.size());
    } else if (line.starts_with(sequence_prefix)) {
        BOOST_OUTCOME_TRY(checkpoint.states.sequence,
                          parse_number(line.substr(sequence_prefix.size()), "sequence"));
    } else if (line.starts_with(key_prefix)) {
        BOOST_OUTCOME_TRY(checkpoint.next_key, VerifierKey::parse(line.substr(key_prefix.size())));
    }
    return boost::outcome_v2::success();
}

Result<Checkpoint> parse_text(std::string_view text) {
    Lines lines{text};
    Checkpoint checkpoint;
    checkpoint.origin = std::string{lines.next()};
    if (checkpoint.origin.empty()) return invalid_field("origin", "the first line is empty");
    BOOST_OUTCOME_TRY(checkpoint.tree.size, parse_number(lines.next(), "size"));
    BOOST_OUTCOME_TRY(checkpoint.tree.root, hash_from_base64(lines.next(), "root"));
    while (!lines.done()) {
        BOOST_OUTCOME_TRYV(read_extension(lines.next(), checkpoint));
    }
    if (checkpoint.states.sequence > checkpoint.tree.size) {
        return invalid_field("sequence", "the states are of more records than the checkpoint");
    }
    return checkpoint;
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
    LEDGER_ASSERT(!checkpoint.origin.empty());
    LEDGER_ASSERT(checkpoint.origin.find('\n') == std::string::npos);
    LEDGER_ASSERT(checkpoint.states.sequence <= checkpoint.tree.size);
    std::string text = checkpoint.origin + '\n' + std::to_string(checkpoint.tree.size) + '\n' +
                       to_base64(checkpoint.tree.root) + '\n';
    if (!checkpoint.states.version.empty()) {
        text.append(version_prefix).append(checkpoint.states.version).append("\n");
        text.append(sequence_prefix).append(std::to_string(checkpoint.states.sequence));
        text.append("\n");
    }
    for (const StateDigest& state : checkpoint.states.digests) {
        LEDGER_ASSERT(is_key_name(state.projection));
        text.append(state_prefix).append(state.projection).append(" ");
        text.append(to_base64(state.digest)).append("\n");
    }
    if (checkpoint.next_key)
        text.append(key_prefix).append(checkpoint.next_key->text()).append("\n");
    return text;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SignerKey& key) {
    std::string text = checkpoint_text(checkpoint);
    NoteSignature signature = sign_note(text, key);
    return note_bytes({.text = std::move(text), .signatures = {std::move(signature)}});
}

std::string sign_handover(Checkpoint checkpoint, const SignerKey& key, const SignerKey& next) {
    checkpoint.next_key = next.verifier();
    std::string text = checkpoint_text(checkpoint);
    std::vector<NoteSignature> signatures{sign_note(text, key), sign_note(text, next)};
    return note_bytes({.text = std::move(text), .signatures = std::move(signatures)});
}

Result<SignedCheckpoint> parse_checkpoint(std::string_view bytes) {
    BOOST_OUTCOME_TRY(SignedNote note, parse_note(bytes));
    BOOST_OUTCOME_TRY(Checkpoint checkpoint, parse_text(note.text));
    return SignedCheckpoint{.checkpoint = std::move(checkpoint), .note = std::move(note)};
}

Result<Checkpoint> verified_checkpoint(std::string_view bytes, std::span<const VerifierKey> keys) {
    BOOST_OUTCOME_TRY(SignedCheckpoint signed_checkpoint, parse_checkpoint(bytes));
    BOOST_OUTCOME_TRYV(verify_note(signed_checkpoint.note, keys));
    return std::move(signed_checkpoint.checkpoint);
}

}  // namespace ledger::proof
