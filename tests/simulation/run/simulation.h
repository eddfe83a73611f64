// One run: the world, the node in it, what befalls them, and the checks. A seed decides all of it.
#pragma once

#include "tests/simulation/checkers/evidence.h"
#include "tests/simulation/run/as_of.h"
#include "tests/simulation/run/node.h"
#include "tests/simulation/run/witness.h"
#include "tests/simulation/run/workload.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace simulation {

struct Options {
    std::uint64_t seed = 1;
    std::uint32_t steps = 2'000;
    PlantedBug bug = PlantedBug::none;
    Trace::Listener listener;
};

struct Figures {
    std::uint64_t steps = 0;
    std::uint64_t crashes = 0;
    std::uint64_t boots = 0;
    std::uint64_t events = 0;
    std::uint64_t follower_orders = 0;
    std::uint64_t broker_orders = 0;
    std::int64_t virtual_ns = 0;
};

struct Verdict {
    Findings findings;  // empty: nothing is wrong
    Figures figures;
};

class Simulation {
  public:
    explicit Simulation(Options options);

    [[nodiscard]] Verdict run();

  private:
    [[nodiscard]] Evidence evidence(const std::vector<ledger::Event>& log,
                                    const projections::LedgerView& view) const;
    static std::deque<SimBroker> make_brokers(const Options& options, WorldTime& time,
                                              const Faults& faults, Trace& trace);
    [[nodiscard]] NodeSurroundings around();

    void step();
    void step_node();
    bool advance();
    void befall();

    void boot();
    void boot_later(std::int64_t delay_ns);
    void take_down(std::string_view how);
    void sample();
    void take_snapshot();
    // The fold of the log, compared on the way with what live projections held.
    [[nodiscard]] std::optional<projections::LedgerView> refold(
        const std::vector<ledger::Event>& log);
    void start_from_snapshot(const std::vector<ledger::Event>& log, projections::LedgerView& view);
    [[nodiscard]] std::vector<ledger::Event> read_log(const ledger::log::Journal& journal);

    // (rest.cc)
    void come_to_rest();
    void rest();
    void masters_go_flat();
    [[nodiscard]] bool all_done() const;
    [[nodiscard]] bool at_rest() const;
    void pass_at_rest(std::int64_t duration_ns);
    // False where the log cannot be told from what it should be.
    bool inspect(void (*check)(const Evidence&, Findings&));
    void look_back();
    void refeed();
    void refeed_in_other_orders();
    void find(std::string what);

    Options options_;
    Trace trace_;
    Dice dice_;
    Faults faults_;
    ledger::replication::Policy policy_;
    WorldTime time_;
    WallClock wall_{time_};
    SimDisk disk_;
    Dice disk_dice_;
    Record record_;
    std::deque<SimBroker> brokers_;
    Clients clients_;
    SimFeed feed_;
    Workload workload_;
    std::unique_ptr<Node> node_;
    Witness witness_;
    std::vector<Snapshot> snapshots_;
    std::optional<std::uint64_t> dies_at_step_;
    Verdict verdict_;
};

}  // namespace simulation
