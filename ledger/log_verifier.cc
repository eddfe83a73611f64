#include "ledger/log_verifier.h"

#include "ledger/log/checkpoints.h"
#include "ledger/log/record_codec.h"

#include <algorithm>
#include <string>
#include <variant>

namespace ledger {
namespace {

Error wrong(log::SequenceNumber sequence, const std::string& what) {
    return Error{Errc::corrupt, "record " + std::to_string(sequence) + ": " + what, {}};
}

}  // namespace

Result<Event> LogVerifier::add(log::SequenceNumber sequence, std::string_view record) {
    auto event = check(sequence, record);
    leaf_ = proof::leaf_hash(record);
    tree_.append(leaf_);
    return event;
}

Result<Event> LogVerifier::check(log::SequenceNumber sequence, std::string_view record) {
    auto event = log::decode_record(record);
    if (!event) return wrong(sequence, event.error().detail);
    if (event.value().sequence != sequence) {
        return wrong(sequence, "it says that it is " + std::to_string(event.value().sequence));
    }
    if (const auto* signed_note = std::get_if<CheckpointSigned>(&event.value().payload)) {
        BOOST_OUTCOME_TRYV(check_note(sequence, signed_note->note));
    }
    return event;
}

Result<void> LogVerifier::check_note(log::SequenceNumber sequence, const std::string& note) {
    BOOST_OUTCOME_TRY(const log::StoredCheckpoint stored, log::read_checkpoint(sequence, note));
    const proof::Checkpoint& checkpoint = stored.read.checkpoint;
    if (checkpoint.tree.root != tree_.root()) {
        return wrong(sequence,
                     "the root that was signed is not that of the records before it: one of them, "
                     "since the checkpoint before, was changed");
    }
    const auto verified = proof::verify_note(stored.read.note, trusted_);
    if (!verified) return wrong(sequence, "the checkpoint's signature: " + verified.error().detail);
    if (checkpoint.next_key &&
        std::ranges::find(trusted_, *checkpoint.next_key) == trusted_.end()) {
        trusted_.push_back(*checkpoint.next_key);
    }
    ++checkpoints_;
    return boost::outcome_v2::success();
}

}  // namespace ledger
