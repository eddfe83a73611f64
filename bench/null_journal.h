// A journal that keeps nothing: for what is measured above it.
#pragma once

#include "ledger/log/journal.h"

namespace bench {

class NullJournal final : public ledger::log::Journal {
  public:
    using Entry = ledger::log::JournalEntry;
    using Sequence = ledger::log::SequenceNumber;
    template <class T>
    using Result = ledger::Result<T>;

    [[nodiscard]] Result<void> append(std::span<const Entry> batch) override {
        last_ += batch.size();
        return boost::outcome_v2::success();
    }

    [[nodiscard]] Sequence last_sequence() const override { return last_; }

    [[nodiscard]] Result<std::optional<Sequence>> find(const ledger::EventId&) const override {
        return std::optional<Sequence>{};
    }

    [[nodiscard]] Result<std::string> read(Sequence) const override { return nothing(); }

    [[nodiscard]] Result<void> scan(Sequence, Sequence, const Visit&) const override {
        return boost::outcome_v2::success();
    }

    [[nodiscard]] Result<std::vector<Sequence>> entity_sequences(ledger::log::EntityKey, Sequence,
                                                                 std::size_t) const override {
        return std::vector<Sequence>{};
    }

  private:
    static ledger::Error nothing() {
        return {ledger::Errc::not_found, "this journal keeps nothing", {}};
    }

    Sequence last_ = 0;
};

}  // namespace bench
