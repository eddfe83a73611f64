// One process of the ledger: the real sequencer, projections and dispatcher, on a simulated disk,
// clock and brokers. Destroying it is a crash; nothing of it is left but the disk's bytes.
#pragma once

#include "executors/dispatcher.h"
#include "ledger/sequencer.h"
#include "projections/ledger_view.h"
#include "tests/simulation/run/planted_bug.h"
#include "tests/simulation/run/record.h"
#include "tests/simulation/twins/node_time.h"
#include "tests/simulation/twins/sim_broker.h"
#include "tests/simulation/twins/sim_disk.h"
#include "tests/simulation/twins/sim_gateway.h"

#include <deque>
#include <memory>
#include <optional>

#include <boost/asio/io_context.hpp>

namespace simulation {

// How this process is configured; drawn anew for each.
struct NodeSettings {
    std::size_t queued_commands_max = 65'536;
    std::size_t batch_commands_max = 512;
    std::size_t requests_max = 512;
    std::uint32_t account_orders_per_second = 10;
};

// What is around it, and outlives it.
struct NodeSurroundings {
    WorldTime& time;
    const WallClock& wall;
    std::deque<SimBroker>& brokers;
    Record& record;
    Trace& trace;
    const Faults& faults;
    ledger::replication::Policy policy{};
    PlantedBug bug = PlantedBug::none;
};

class Node {
  public:
    // `view` must be the fold of everything in `journal`.
    Node(NodeSurroundings around, std::unique_ptr<SimJournal> journal, projections::LedgerView view,
         const NodeSettings& settings, std::uint64_t seed);
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;
    ~Node();

    // One handler of the executor. False when none is ready.
    bool run_handler();
    // One commit. False when no command waits.
    bool commit();

    // Dead, or has stopped as it must: all that is left is to destroy it.
    [[nodiscard]] bool over() const { return over_ || journal_->died(); }

    [[nodiscard]] bool died() const { return journal_->died(); }

    // Ends as on SIGTERM; over() once all that was under way is recorded.
    void stop();

    [[nodiscard]] bool submit(ledger::Command command, ledger::Sequencer::Completion completion);

    [[nodiscard]] Agenda& sleepers() { return scheduler_.sleepers(); }

    [[nodiscard]] const projections::LedgerView& view() const { return view_; }

    // The writer's own state; nothing once a commit has failed in the middle, or where a bug is
    // planted in it.
    [[nodiscard]] const ledger::replication::State* writer_state() const;

    [[nodiscard]] const SimJournal& journal() const { return *journal_; }

    [[nodiscard]] executors::DispatchCounters counters() const { return dispatcher_->counters(); }

    // A while later it is over: others still run until the failure has got round.
    [[nodiscard]] bool failed() const { return failed_ || journal_->failed(); }

  private:
    class Directory;

    void fold(const ledger::Sequencer::EventBatch& batch);
    std::vector<executors::Broker> connect(const NodeSettings& settings);

    NodeSurroundings around_;
    boost::asio::io_context io_{1};  // outlives all that waits on it
    NodeScheduler scheduler_;
    Dice random_;
    std::unique_ptr<SimJournal> journal_;
    projections::LedgerView view_;
    std::unique_ptr<Directory> directory_;
    std::deque<SimGateway> gateways_;
    std::unique_ptr<ledger::Sequencer> sequencer_;
    std::unique_ptr<executors::Dispatcher> dispatcher_;
    bool over_ = false;
    bool failed_ = false;
    bool draining_ = false;
};

}  // namespace simulation
