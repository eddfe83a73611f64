#include "ledger/proof/checkpoint.h"

#include "ledger/base/assert.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/decimal_number.h"

#include <optional>
#include <utility>

namespace ledger::proof {
namespace {

constexpr std::string_view state_prefix = "state ";

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

Result<std::vector<StateDigest>> parse_extensions(Lines lines) {
    std::vector<StateDigest> states;
    while (!lines.done()) {
        const std::string_view line = lines.next();
        if (line.empty()) return invalid_field("extension", "an extension line is empty");
        if (!line.starts_with(state_prefix)) continue;
        BOOST_OUTCOME_TRY(StateDigest state, parse_state(line));
        states.push_back(std::move(state));
    }
    return states;
}

Result<Checkpoint> parse_text(std::string_view text) {
    Lines lines{text};
    Checkpoint checkpoint;
    checkpoint.origin = std::string{lines.next()};
    if (checkpoint.origin.empty()) return invalid_field("origin", "the first line is empty");
    BOOST_OUTCOME_TRY(checkpoint.tree.size, parse_number(lines.next(), "size"));
    BOOST_OUTCOME_TRY(checkpoint.tree.root, hash_from_base64(lines.next(), "root"));
    BOOST_OUTCOME_TRY(checkpoint.states, parse_extensions(lines));
    return checkpoint;
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
    LEDGER_ASSERT(!checkpoint.origin.empty());
    LEDGER_ASSERT(checkpoint.origin.find('\n') == std::string::npos);
    std::string text = checkpoint.origin + '\n' + std::to_string(checkpoint.tree.size) + '\n' +
                       to_base64(checkpoint.tree.root) + '\n';
    for (const StateDigest& state : checkpoint.states) {
        LEDGER_ASSERT(is_key_name(state.projection));
        text.append(state_prefix).append(state.projection).append(" ");
        text.append(to_base64(state.digest)).append("\n");
    }
    return text;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SignerKey& key) {
    std::string text = checkpoint_text(checkpoint);
    NoteSignature signature = sign_note(text, key);
    return note_bytes({.text = std::move(text), .signatures = {std::move(signature)}});
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
