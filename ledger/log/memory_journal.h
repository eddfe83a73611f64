// A Journal that lasts as long as its object: for unit tests and the simulation.
#pragma once

#include "ledger/log/journal.h"

#include <map>
#include <string>
#include <vector>

namespace ledger::log {

class MemoryJournal final : public Journal {
  public:
    // The next append stores nothing and fails as a full disk does, and so does every later one.
    void fail_next_append() { fail_next_append_ = true; }

    [[nodiscard]] Result<void> append(std::span<const JournalEntry> batch) override;
    [[nodiscard]] SequenceNumber last_sequence() const override;
    [[nodiscard]] Result<std::optional<SequenceNumber>> find(const EventId& id) const override;
    [[nodiscard]] Result<std::string> read(SequenceNumber sequence) const override;
    [[nodiscard]] Result<void> scan(SequenceNumber first, SequenceNumber last,
                                    const Visit& visit) const override;
    [[nodiscard]] Result<std::vector<SequenceNumber>> entity_sequences(
        EntityKey entity, SequenceNumber first, std::size_t count_max) const override;

  private:
    std::vector<std::string> records_;  // of sequence 1, 2, ...
    std::map<EventId, SequenceNumber> ids_;
    std::map<EntityKey, std::vector<SequenceNumber>> entities_;
    bool fail_next_append_ = false;
    bool failed_ = false;
};

}  // namespace ledger::log
