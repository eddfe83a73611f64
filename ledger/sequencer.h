// The single writer. Commands enter one bounded queue; this turns each into an event plus what
// follows from it, commits them in groups as one durable batch, and only then lets anyone see them.
#pragma once

#include "ledger/base/result.h"
#include "ledger/bounded_queue.h"
#include "ledger/clock.h"
#include "ledger/log/journal.h"
#include "ledger/log/record_codec.h"
#include "ledger/model/command.h"
#include "ledger/replication/admit.h"
#include "ledger/replication/marks.h"
#include "ledger/replication/policy.h"
#include "ledger/replication/state.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace ledger {

struct SequencerLimits {
    std::size_t queued_commands_max = 65'536;
    // A commit takes whatever is queued, up to this; more only adds latency.
    std::size_t batch_commands_max = 512;
};

class Sequencer {
  public:
    // Called once, on the writer's thread, when the outcome is durable (or the command refused).
    using Completion = std::function<void(const Result<Receipt>&)>;
    using EventBatch = std::shared_ptr<const std::vector<Event>>;
    // Called on the writer's thread for each durable batch, before its callers are answered.
    using Observer = std::function<void(const EventBatch&)>;

    // `state` must be the fold of everything in `journal`, which with `clock` must outlive this.
    Sequencer(log::Journal& journal, const Clock& clock, replication::State state,
              replication::Policy policy, SequencerLimits limits = {});

    // Before the first command only.
    void observe(Observer observer) { observers_.push_back(std::move(observer)); }

    // From any thread. False when the queue is full or the writer has stopped: then `completion` is
    // never called.
    [[nodiscard]] bool submit(Command command, Completion completion);

    // No more commands are taken; run() returns when those queued are done.
    void stop() { queue_.close(); }

    // The writer's loop. Returns when stopped, or at once when it can go no further: storage_failed
    // where a write or sync failed, corrupt where a record that a decision needs is damaged. The
    // caller must end the process with a failure (I15), and no more commands are taken.
    [[nodiscard]] Result<void> run();

    // One turn of the loop, for whoever drives the writer step by step: waits up to `patience` for
    // commands. False once stopped and drained.
    [[nodiscard]] Result<bool> run_once(std::chrono::milliseconds patience);

    // On the writer's thread, between its turns or after the last: a command of the ledger's own,
    // past the queue and in a batch of its own. Durable when this returns.
    [[nodiscard]] Result<Receipt> run_command(const Command& command);

    [[nodiscard]] std::size_t queued_commands() const { return queue_.size(); }

    // On the writer's thread only, or while it does not run.
    [[nodiscard]] const replication::State& state() const { return state_; }

  private:
    struct Queued {
        Command command;
        Completion completion;
    };

    Result<Receipt> set_marks(const SetMarks& command);
    Result<std::vector<Result<Receipt>>> decide_and_commit(const std::vector<Queued>& taken);
    void refuse_all(std::vector<Queued>& waiting, const Error& error);
    Result<Receipt> process(const Command& command);
    Result<std::optional<Receipt>> find_repetition(const Command& command);
    Result<Receipt> answer_repetition(const Event& recorded, const Command& command,
                                      replication::Repetition repetition);
    Result<Receipt> answer_unchanged(const Command& command);
    Result<Receipt> record(replication::Admission admission, const Command& command);
    Event& append(Event event);
    Result<std::optional<Event>> find_event(const EventId& id) const;
    Result<Receipt> receipt_of(const Event& event) const;
    std::int64_t next_recorded_at_ns();
    Result<void> commit();

    log::Journal& journal_;
    const Clock& clock_;
    replication::State state_;
    replication::Marks marks_;
    const replication::Policy policy_;
    const SequencerLimits limits_;
    BoundedQueue<Queued> queue_;
    std::vector<Observer> observers_;
    log::RecordEncoder encoder_;

    // The batch being decided: folded into state_, not durable, seen by nobody.
    std::vector<Event> batch_;
    std::map<EventId, std::size_t> batch_ids_;  // outside facts and idempotency keys of batch_
};

}  // namespace ledger
