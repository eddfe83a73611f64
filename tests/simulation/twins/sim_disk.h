// The bytes that outlive a crash, and a Journal on them: one frame per commit, checked as a whole,
// so that half a commit is none.
#pragma once

#include "ledger/log/memory_journal.h"
#include "tests/simulation/run/planted_bug.h"
#include "tests/simulation/twins/dice.h"
#include "tests/simulation/twins/faults.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace simulation {

struct SimDisk {
    std::string bytes;
    std::size_t synced = 0;    // up to here a damaged byte is damage, behind it a torn write
    std::size_t full_for = 0;  // so many writes will find no room
};

struct JournalConduct {
    Dice& dice;
    const JournalFaults& faults;
    PlantedBug bug = PlantedBug::none;
};

// The records of a disk as a recovery would find them.
[[nodiscard]] ledger::Result<std::unique_ptr<ledger::log::MemoryJournal>> read_disk(SimDisk& disk,
                                                                                    PlantedBug bug);

class SimJournal final : public ledger::log::Journal {
  public:
    // corrupt where a bit was flipped on the way; the bytes themselves are whole.
    [[nodiscard]] static ledger::Result<std::unique_ptr<SimJournal>> open(SimDisk& disk,
                                                                          JournalConduct conduct);

    SimJournal(SimDisk& disk, JournalConduct conduct,
               std::unique_ptr<ledger::log::MemoryJournal> records)
        : disk_(disk), conduct_(conduct), records_(std::move(records)) {}

    [[nodiscard]] ledger::Result<void> append(
        std::span<const ledger::log::JournalEntry> batch) override;

    [[nodiscard]] ledger::log::SequenceNumber last_sequence() const override {
        return records_->last_sequence();
    }

    [[nodiscard]] ledger::Result<std::optional<ledger::log::SequenceNumber>> find(
        const ledger::EventId& id) const override;

    [[nodiscard]] ledger::Result<std::string> read(
        ledger::log::SequenceNumber sequence) const override;

    [[nodiscard]] ledger::Result<void> scan(ledger::log::SequenceNumber first,
                                            ledger::log::SequenceNumber last,
                                            const Visit& visit) const override {
        return records_->scan(first, last, visit);
    }

    [[nodiscard]] ledger::Result<std::vector<ledger::log::SequenceNumber>> entity_sequences(
        ledger::log::EntityKey entity, ledger::log::SequenceNumber first,
        std::size_t count_max) const override {
        return records_->entity_sequences(entity, first, count_max);
    }

    // The process died in a write: nobody learns what append() returned.
    [[nodiscard]] bool died() const { return died_; }

    [[nodiscard]] bool failed() const { return failed_; }

    // Writes that were tried after the first that failed, or after damage was read.
    [[nodiscard]] std::size_t writes_after_failure() const { return writes_after_failure_; }

  private:
    void put(std::string_view frame);
    void put_part(std::string_view frame);
    ledger::Result<void> fail(std::span<const ledger::log::JournalEntry> batch,
                              std::string_view frame);

    SimDisk& disk_;
    JournalConduct conduct_;
    std::unique_ptr<ledger::log::MemoryJournal> records_;
    std::string unwritten_;  // of a journal that answers too early
    bool died_ = false;
    bool failed_ = false;
    mutable bool damaged_ = false;  // and that was read
    std::size_t writes_after_failure_ = 0;
};

}  // namespace simulation
