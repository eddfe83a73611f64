// What people and programs do to the ledger in a run. A new kind of action is a function in
// actions.h and a line of the table in workload.cc.
#pragma once

#include "tests/simulation/twins/clients.h"
#include "tests/simulation/twins/sim_broker.h"
#include "tests/simulation/twins/sim_feed.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
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

    void end() {
        ended_ = true;
        opens_all_again_ = dice_.chance(500);
    }

    // A person looks into what waits for one and says what the broker knows.
    void resolve_parked();
    // And gives the ledger the credentials that it lacks.
    void put_accounts_right();

    // ---- for the actions

    [[nodiscard]] Dice& dice() { return dice_; }

    [[nodiscard]] const Cast& cast() const { return cast_; }

    // Nothing of the run may show them.
    [[nodiscard]] const std::vector<std::string>& secrets() const { return secrets_; }

    [[nodiscard]] SimFeed& feed() { return ports_.feed; }

    [[nodiscard]] ledger::AccountNumber any_master();
    [[nodiscard]] ledger::AccountNumber any_follower();
    [[nodiscard]] const ledger::Instrument& any_instrument();

    void ask(ledger::CommandPayload payload, std::string what);
    // As of some time before.
    void ask_of_time(ledger::CommandPayload payload, std::string what);
    // What must be refused.
    void ask_wrongly(ledger::CommandPayload payload, std::string what);
    // About an account, behind what was asked about it before.
    void ask_of_account(ledger::AccountNumber account, ledger::CommandPayload payload,
                        std::string what);
    [[nodiscard]] bool has_taken(std::size_t request) const;

    // As the ledger has it, or nullptr while there is no node.
    [[nodiscard]] const ledger::replication::Account* known(ledger::AccountNumber account) const;
    // What opens the account at its broker, sealed for the person that the ledger knows.
    [[nodiscard]] std::string sealed_secret(const ledger::replication::Account& account) const;
    // At the broker, where the ledger does not know of it.
    void change_secret(ledger::AccountNumber account);
    void open_again(const ledger::replication::Account& account);
    void tell_secret(const ledger::replication::Account& account);
    // Sealed for the person that was before. Requires that one was erased.
    [[nodiscard]] ledger::ChangeAccount stale_secret(
        const ledger::replication::Account& account) const;

    // A new order of the cast's n-th master, still without instrument and terms.
    [[nodiscard]] Story story_of(std::size_t master);
    // An order that its master can still act on, or nullptr.
    [[nodiscard]] Story* any_open_story();
    // One of the latest, ended or not, or nullptr.
    [[nodiscard]] const Story* any_late_story();

    // The masters cancel what works, close what they hold, and open and close once more, so that
    // also what only a follower got is behind them. One step of it; false after the last.
    bool go_flat();

  private:
    [[nodiscard]] std::string code_of(std::int64_t n);
    void open_accounts();
    void link_all();
    void define_instruments();
    void tell_funds();
    void cancel_all();
    void trade_all(std::optional<ledger::Quantity> bought);
    void place_and_fill(std::size_t master, const ledger::Instrument& instrument,
                        const ledger::OrderTerms& terms);
    std::size_t ask_in_turn(ledger::CommandPayload payload, std::string what);
    std::size_t hand_in(Request request);
    void resolve(const ledger::replication::FollowerOrder& order);

    WorkloadPorts ports_;
    Dice dice_;
    Cast cast_;
    std::vector<std::string> secrets_;
    std::vector<std::uint32_t> secret_changes_;                   // by account number - 1
    std::map<ledger::AccountNumber, std::size_t> account_asked_;  // the latest request of each
    bool opens_all_again_ = false;                                // in the end
    std::map<ledger::AccountNumber, std::uint64_t> orders_;
    std::uint64_t keys_ = 0;
    std::size_t flat_steps_ = 0;
    std::optional<std::size_t> stage_;  // the last request of the setting
    bool ended_ = false;
};

}  // namespace simulation
