// Signs what the log holds, now and then, as an event of the log: each checkpoint is of all the
// records before it.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/tree_journal.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/sequencer.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ledger {

class Notary {
  public:
    // Called on the writer's thread with each checkpoint that is durable in the log, to keep a copy
    // elsewhere; its failure is a failed write.
    using Copy = std::function<Result<void>(const std::string& note)>;

    // `tree` is the sequencer's journal; both outlive this. `signed_to` is the sequence of the last
    // checkpoint: a log that ends with it has nothing to be signed.
    Notary(Sequencer& sequencer, log::TreeJournal& tree, proof::SignerKey key,
           std::uint64_t signed_to, Copy copy);

    // From any thread: what the projections held after records that are durable. The next
    // checkpoint says the newest of what was kept.
    void keep(proof::States states);

    // On the writer's thread, or when it has ended: a checkpoint, if anything was recorded since
    // the last one.
    [[nodiscard]] Result<void> sign();

    // On the writer's thread: a checkpoint that both keys sign; from here on `next` signs.
    [[nodiscard]] Result<void> hand_over(proof::SignerKey next);

  private:
    [[nodiscard]] proof::Checkpoint checkpoint();
    [[nodiscard]] Result<void> publish(const std::string& note);

    Sequencer& sequencer_;
    log::TreeJournal& tree_;
    std::optional<proof::SignerKey> key_;
    std::uint64_t signed_to_;
    Copy copy_;
    std::mutex states_mutex_;
    proof::States states_;  // of no checkpoint so far
};

}  // namespace ledger
