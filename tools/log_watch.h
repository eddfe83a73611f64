// Reads the whole log again beside the running ledger, at the lowest priority, and holds it against
// its checkpoints and its indexes: damage that nobody has asked for is found too.
#pragma once

#include "ledger/log/journal.h"
#include "ledger/log/tree_source.h"
#include "ledger/proof/note_key.h"

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace tools {

class LogWatch {
  public:
    // Up to the log's present end. `on_damage` is called at most once, on a thread of this. What it
    // is made from must outlive this.
    // `tree` is the journal's.
    LogWatch(const ledger::log::Journal& journal, const ledger::log::TreeSource& tree,
             std::vector<ledger::proof::VerifierKey> keys,
             std::function<void(const ledger::Error&)> on_damage);
    ~LogWatch();  // stops reading
    LogWatch(const LogWatch&) = delete;
    LogWatch& operator=(const LogWatch&) = delete;

  private:
    void run();
    ledger::Result<void> read_all();

    const ledger::log::Journal& journal_;
    const ledger::log::TreeSource& tree_;
    const std::vector<ledger::proof::VerifierKey> keys_;
    const std::function<void(const ledger::Error&)> on_damage_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace tools
