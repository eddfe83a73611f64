// Who hashes the log from outside while it grows, and writes down what its tree was: what a
// checkpoint says that has left the machine.
#pragma once

#include "ledger/log/journal.h"
#include "ledger/proof/compact_range.h"
#include "ledger/proof/tree_verify.h"

namespace simulation {

class Witness {
  public:
    // The head of the first `size` records, which are durable and stand for good. Those that were
    // seen before are not read again.
    [[nodiscard]] ledger::proof::TreeHead head(const ledger::log::Journal& journal,
                                               ledger::log::SequenceNumber size);

  private:
    ledger::proof::CompactRange tree_;
};

}  // namespace simulation
