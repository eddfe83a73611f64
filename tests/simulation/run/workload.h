// What people and programs do to the ledger in a run, one function per kind of action. A new kind
// is a function and a line in the table in workload.cc.
#pragma once

#include "tests/simulation/twins/clients.h"
#include "tests/simulation/twins/sim_broker.h"
#include "tests/simulation/twins/sim_feed.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace simulation {

struct WorkloadPorts {
    WorldTime& time;
    Clients& clients;
    SimFeed& feed;
    std::deque<SimBroker>& brokers;
    // The live projection, or nullptr while there is no node.
    std::function<const ledger::replication::State*()> state;
};

// Who there is; account numbers are given in this order, masters first.
struct Cast {
    std::vector<ledger::AccountNumber> masters;
    std::vector<ledger::AccountNumber> followers;
    std::vector<std::string> broker_of;                    // by account number - 1
    std::vector<std::string> code_of;                      // by account number - 1
    std::vector<ledger::SourceVersion::Kind> versions_of;  // by master
    std::vector<ledger::Instrument> instruments;
};

class Workload {
  public:
    Workload(WorkloadPorts ports, std::uint64_t seed);

    // Asks for the accounts, the links and the instruments, each after the one before.
    void set_the_stage();
    // One action now, and the next one a while later, until told to end.
    void go_on();

    void end() { ended_ = true; }

    // A person looks into what waits for one and says what the broker knows.
    void resolve_parked();

    // ---- for the actions

    [[nodiscard]] Dice& dice() { return dice_; }

    [[nodiscard]] const Cast& cast() const { return cast_; }

    [[nodiscard]] SimFeed& feed() { return ports_.feed; }

    [[nodiscard]] std::uint64_t next_order() { return ++orders_; }

    void ask(ledger::CommandPayload payload, std::string what);
    // An order that its master can still act on, or nullptr.
    [[nodiscard]] Story* any_open_story();

  private:
    void ask_in_turn(ledger::CommandPayload payload, std::string what);
    void resolve(const ledger::replication::FollowerOrder& order);

    WorkloadPorts ports_;
    Dice dice_;
    Cast cast_;
    std::uint64_t orders_ = 0;
    std::uint64_t keys_ = 0;
    std::optional<std::size_t> stage_;  // the last request of the setting
    bool ended_ = false;
};

}  // namespace simulation
