// Holds a log against itself: its records hashed again, one after the other, and each checkpoint in
// it compared with the tree that stands before it.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/model/event.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/compact_range.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ledger {

class LogVerifier {
  public:
    // A checkpoint may be of any of these keys, and of those that they handed over to.
    explicit LogVerifier(std::vector<proof::VerifierKey> trusted) : trusted_(std::move(trusted)) {}

    // For a log whose beginning is not at hand, before the first record: the tree of what is not
    // shown. The first checkpoint says whether it is right.
    void begin_after(proof::CompactRange before) { tree_ = std::move(before); }

    // The next record: the event that it is, or corrupt with what is wrong and where. In either
    // case it counts among the leaves.
    [[nodiscard]] Result<Event> add(log::SequenceNumber sequence, std::string_view record);

    // Of the records so far.
    [[nodiscard]] const proof::CompactRange& tree() const { return tree_; }

    // The hash of the record that was added last; all zeros before the first.
    [[nodiscard]] const proof::Hash& leaf() const { return leaf_; }

    [[nodiscard]] const std::vector<proof::VerifierKey>& trusted() const { return trusted_; }

    [[nodiscard]] std::uint64_t checkpoints() const { return checkpoints_; }

  private:
    [[nodiscard]] Result<Event> check(log::SequenceNumber sequence, std::string_view record);
    [[nodiscard]] Result<void> check_note(log::SequenceNumber sequence, const std::string& note);

    std::vector<proof::VerifierKey> trusted_;
    proof::CompactRange tree_;
    proof::Hash leaf_{};
    std::uint64_t checkpoints_ = 0;
};

}  // namespace ledger
