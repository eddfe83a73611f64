// The executors on a real sequencer and a simulated broker, in virtual time and one step at a time,
// so that the process can be killed between any two steps.
#pragma once

#include "executors/brokers/simulated/simulated_gateway.h"
#include "executors/dispatcher.h"
#include "ledger/log/memory_journal.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace rig {

inline constexpr std::int64_t ms = 1'000'000;
inline constexpr std::int64_t second = 1'000 * ms;

// Stands still until told to pass.
class VirtualTime final : public ledger::Clock, public executors::Scheduler {
  public:
    explicit VirtualTime(std::int64_t now_ns) : now_ns_(now_ns) {}

    [[nodiscard]] std::int64_t now_ns() const override { return now_ns_; }

    [[nodiscard]] boost::asio::awaitable<void> sleep_for(std::int64_t duration_ns) override;

    // Wakes the sleepers that are due first, if that is no later than `end_ns`.
    bool pass_to_next(std::int64_t end_ns);

    void pass_to(std::int64_t end_ns) { now_ns_ = end_ns; }

  private:
    std::int64_t now_ns_;
    std::multimap<std::int64_t, boost::asio::steady_timer*> sleepers_;
};

class Directory final : public executors::AccountDirectory {
  public:
    [[nodiscard]] ledger::Result<std::shared_ptr<const executors::AccountAccess>> open(
        ledger::AccountNumber account) override;

    bool locked = false;
};

struct Setup {
    std::size_t followers = 1;
    executors::SimulatedOptions broker{};
    executors::BrokerLimits limits{.account_orders_per_second = 0, .visibility_window_ms = 60'000};
    executors::DispatcherSettings settings{};
    ledger::SequencerLimits sequencer{};
};

struct MasterSays {
    std::string order = "M-1";
    std::int64_t quantity = 100;
    std::int64_t price = 25'000'000;
};

class Rig {
  public:
    explicit Rig(Setup setup = {});
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;
    ~Rig();

    // ---- the process

    // Kills the process and starts another on what was durable. The broker lives on.
    void restart();
    // One handler of the executor, or one commit. False when there is nothing to do.
    bool step();
    void settle();
    // Everything that is due in this time happens.
    void pass(std::int64_t duration_ns);
    // Time passes until nothing is without its outcome. False if that does not come about.
    [[nodiscard]] bool comes_to_rest();

    // ---- what is asked of the ledger. Each is queued, not yet committed.

    void submit(ledger::CommandPayload payload);
    void reports(ledger::MasterEventType type, const MasterSays& says = {});

    void reports_new(const MasterSays& says = {}) { reports(ledger::MasterEventType::new_, says); }

    void reports_modify(const MasterSays& says) {
        reports(ledger::MasterEventType::modified, says);
    }

    void reports_cancel(const MasterSays& says = {}) {
        reports(ledger::MasterEventType::canceled, says);
    }

    // ---- what can be seen

    [[nodiscard]] const ledger::replication::State& state() const;
    [[nodiscard]] const ledger::replication::FollowerOrder& copy(std::size_t index = 0) const;
    [[nodiscard]] executors::DispatchCounters counters() const;
    [[nodiscard]] std::vector<executors::BookRow> book(std::size_t follower = 0);
    [[nodiscard]] executors::BrokerAccount account(std::size_t follower = 0) const;

    // The orders that the broker took, whatever it said.
    [[nodiscard]] std::size_t placed() const { return broker.accepted().size(); }

    // Behind the ledger's back.
    void place_directly(const executors::PlaceRequest& request, std::size_t follower = 0);
    void stop();
    // Requests of this kind that reached the broker.
    [[nodiscard]] std::size_t asked(executors::SimulatedVerb verb) const;
    template <class T>
    [[nodiscard]] std::size_t recorded() const;
    [[nodiscard]] std::vector<ledger::Event> log() const;

    ledger::log::MemoryJournal journal;
    Directory directory;
    executors::SimulatedGateway broker;
    std::vector<executors::SimulatedCall> calls;

  private:
    struct Process;

    void open_accounts(std::size_t followers);

    Setup setup_;
    std::int64_t now_ns_;
    ledger::AccountNumber master_;
    std::vector<ledger::AccountNumber> followers_;
    std::unique_ptr<Process> process_;
    std::uint64_t versions_ = 0;
};

template <class T>
std::size_t Rig::recorded() const {
    std::size_t count = 0;
    for (const ledger::Event& event : log()) count += std::holds_alternative<T>(event.payload);
    return count;
}

}  // namespace rig
