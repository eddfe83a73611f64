#include "ledger/notary.h"

#include <utility>

namespace ledger {

Notary::Notary(Sequencer& sequencer, log::TreeJournal& tree, proof::SignerKey key,
               std::uint64_t signed_to, Copy copy)
    : sequencer_(sequencer),
      tree_(tree),
      key_(std::move(key)),
      signed_to_(signed_to),
      copy_(std::move(copy)) {}

// The key's name is the log's.
proof::Checkpoint Notary::checkpoint() {
    const std::lock_guard lock{states_mutex_};
    return {.origin = key_->verifier().name(),
            .tree = tree_.head(),
            .states = std::exchange(states_, {})};
}

void Notary::keep(proof::States states) {
    const std::lock_guard lock{states_mutex_};
    states_ = std::move(states);
}

Result<void> Notary::sign() {
    if (tree_.last_sequence() == signed_to_) return boost::outcome_v2::success();
    return publish(proof::sign_checkpoint(checkpoint(), *key_));
}

Result<void> Notary::hand_over(proof::SignerKey next) {
    BOOST_OUTCOME_TRYV(publish(proof::sign_handover(checkpoint(), *key_, next)));
    key_.emplace(std::move(next));
    return boost::outcome_v2::success();
}

Result<void> Notary::publish(const std::string& note) {
    tree_.sync_file();
    Command command;
    command.payload = PublishCheckpoint{note};
    BOOST_OUTCOME_TRY(const Receipt receipt, sequencer_.run_command(command));
    signed_to_ = receipt.sequence;
    return copy_(note);
}

}  // namespace ledger
