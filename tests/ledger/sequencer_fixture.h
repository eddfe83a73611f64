// A sequencer driven by hand: commands are queued, a turn decides and commits them, and all that
// left the writer is kept.
#pragma once

#include "ledger/log/journal.h"
#include "ledger/sequencer.h"
#include "tests/ledger/journal_fixture.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ledger::test {

inline constexpr std::int64_t second_ns = 1'000'000'000;

class HandClock final : public Clock {
  public:
    [[nodiscard]] std::int64_t now_ns() const override { return now_ns_; }

    // Negative: it is set back.
    void passes(std::int64_t ns) { now_ns_ += ns; }

  private:
    std::int64_t now_ns_ = 1'700'000'000 * second_ns;
};

// A journal that can be closed and opened again: in memory, or on RocksDB below a new directory.
class Storage {
  public:
    enum class Kind { memory, rocksdb };

    explicit Storage(Kind kind);

    [[nodiscard]] log::Journal& journal() { return *journal_; }

    void reopen();

  private:
    std::optional<log::test::ScratchDirectory> directory_;
    std::unique_ptr<log::Journal> journal_;
};

// Runs the test once on each kind, both empty.
void with_each_storage(const std::function<void(Storage&)>& test);

// Passes everything on to another journal and remembers the size of each append.
class WatchedJournal final : public log::Journal {
  public:
    explicit WatchedJournal(log::Journal& below) : below_(below) {}

    [[nodiscard]] const std::vector<std::size_t>& appends() const { return appends_; }

    // The next append is stored, and yet told as failed: the one thing that a caller cannot know.
    void lose_next_answer() { lose_next_answer_ = true; }

    [[nodiscard]] Result<void> append(std::span<const log::JournalEntry> batch) override;
    [[nodiscard]] log::SequenceNumber last_sequence() const override;
    [[nodiscard]] Result<std::optional<log::SequenceNumber>> find(const EventId& id) const override;
    [[nodiscard]] Result<std::string> read(log::SequenceNumber sequence) const override;
    [[nodiscard]] Result<void> scan(log::SequenceNumber first, log::SequenceNumber last,
                                    const Visit& visit) const override;
    [[nodiscard]] Result<std::vector<log::SequenceNumber>> entity_sequences(
        log::EntityKey entity, log::SequenceNumber first, std::size_t count_max) const override;

  private:
    log::Journal& below_;
    std::vector<std::size_t> appends_;
    bool lose_next_answer_ = false;
};

// Every event of the journal, decoded.
[[nodiscard]] std::vector<Event> events_of(const log::Journal& journal);
[[nodiscard]] replication::State folded(const log::Journal& journal);
// Every section of the state, as its codec writes it, and how far it goes.
[[nodiscard]] std::string bytes_of(const replication::State& state);

// Begins where the journal ends, as a process does.
class Writer {
  public:
    Writer(log::Journal& journal, const Clock& clock, SequencerLimits limits = {});
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    [[nodiscard]] Sequencer& sequencer() { return sequencer_; }

    [[nodiscard]] const replication::State& state() const { return sequencer_.state(); }

    // Queues a command, which there must be room for. The number of its answer.
    std::size_t asks(Command command);
    // One turn, without waiting.
    Result<bool> turn();
    // Queues one command and takes its turn.
    Result<Receipt> tells(Command command);

    // Nothing while there is none.
    [[nodiscard]] const std::optional<Result<Receipt>>& answer(std::size_t number) const {
        return answers_.at(number);
    }

    // The events of each batch, as observers were given them.
    [[nodiscard]] const std::vector<Sequencer::EventBatch>& observed() const { return observed_; }

    // For each batch, how many callers had their answer when it was observed.
    [[nodiscard]] const std::vector<std::size_t>& answered_before() const {
        return answered_before_;
    }

  private:
    Sequencer sequencer_;
    std::vector<std::optional<Result<Receipt>>> answers_;
    std::size_t answered_ = 0;
    std::vector<Sequencer::EventBatch> observed_;
    std::vector<std::size_t> answered_before_;
};

// ---- commands

[[nodiscard]] Command command_of(CommandPayload payload);
[[nodiscard]] Command opens(AccountRole role, const std::string& code);

struct MasterSays {
    std::string order = "M-1";
    MasterEventType type = MasterEventType::new_;
    std::uint64_t version = 0;  // 0: the source sends none
    std::int64_t quantity = 100;
    std::int64_t filled = 0;
    std::int64_t average = 0;
    std::uint64_t digest = 1;  // of the request
};

// What the broker of account 1, a master, says of an order.
[[nodiscard]] Command reports(const MasterSays& says);

// Account 1 a master, followed by so many others at the ratio 1. Each is told in its own turn.
void opens_fleet(Writer& writer, std::uint32_t followers);

}  // namespace ledger::test
