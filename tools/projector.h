// The thread that folds durable events into the live LedgerView, answers questions about it and
// writes its snapshots. Questions see everything that was durable when they were asked.
#pragma once

#include "ledger/bounded_queue.h"
#include "ledger/sequencer.h"
#include "projections/ledger_view.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace tools {

struct ProjectorOptions {
    std::string snapshot_directory;  // empty: none are written
    std::uint64_t snapshot_every_events = 100'000;
    // Called on the projector's thread now and then, so seldom that it takes next to nothing of it.
    std::function<void(std::uint64_t sequence, const std::vector<projections::Digest>&)> on_digests;
};

class Projector {
  public:
    using Question = std::function<void(const projections::LedgerView&)>;

    Projector(projections::LedgerView view, ProjectorOptions options);
    ~Projector();  // folds what is queued, writes a snapshot, and ends the thread
    Projector(const Projector&) = delete;
    Projector& operator=(const Projector&) = delete;

    // On the writer's thread; waits when the projector is far behind.
    void on_committed(const ledger::Sequencer::EventBatch& batch);

    // What it holds of everything that is durable; waits until that is folded. Not on the
    // projector's thread.
    [[nodiscard]] std::vector<projections::Digest> digests();

    // From any thread; `question` is called on the projector's. False when too many wait.
    [[nodiscard]] bool ask(Question question);

  private:
    using Item = std::variant<ledger::Sequencer::EventBatch, Question>;

    void run();
    void take_snapshot();
    void report_digests();

    projections::LedgerView view_;
    const ProjectorOptions options_;
    std::uint64_t snapshot_at_ = 0;  // the sequence of the newest snapshot
    std::uint64_t digests_at_ = 0;   // and of the digests last reported
    std::chrono::steady_clock::time_point digests_due_;
    ledger::BoundedQueue<Item> queue_;
    std::thread thread_;
};

}  // namespace tools
