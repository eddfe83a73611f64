// A ledger and a broker simulator that misbehaves, orders that go through them, and kill -9 for
// either; now and then everything settles and is compared.
#pragma once

#include "ledger/base/kill_point.h"
#include "tests/processes/stage.h"
#include "tests/simulation/twins/dice.h"
#include "tests/torture/run/master_feed.h"
#include "tests/torture/run/operators.h"
#include "tests/torture/run/postmen.h"
#include "tests/torture/run/promises.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace torture {

struct Kills {
    std::uint64_t ledger = 0;  // all of them
    std::uint64_t broker = 0;
    std::map<ledger::KillPoint, std::uint64_t> at_points;  // of those of the ledger
};

struct Tally {
    std::uint64_t rounds = 0;
    std::uint64_t settled = 0;
    std::uint64_t facts = 0;
    std::uint64_t deliveries = 0;
    std::uint64_t broker_orders = 0;
    Kills kills;
};

// Of how many passes of the point it is worth to die at each: a process comes to some but once.
[[nodiscard]] std::uint64_t passes_max(ledger::KillPoint point);

// The named points that a server comes to: the others are those of commands on a log at rest.
[[nodiscard]] std::vector<ledger::Word<ledger::KillPoint>> points_of_a_server();

// All members throw a Violation, or whatever else went wrong; the directory then stays.
class Campaign {
  public:
    // The same seed makes the same orders, repetitions and kinds of kills; the instants are the
    // machine's.
    Campaign(std::uint64_t seed, Tally& tally);

    // Kills at random instants while orders come.
    void round_of_random_kills();
    // The ledger dies when it comes to the point for the COUNTth time, if it does so.
    void round_at(ledger::KillPoint point, std::uint64_t count = 1);

    // Until all has its outcome; then the comparison.
    void settle();
    // Ends every order, settles, ends both processes, and folds the log again.
    void finish();

    [[nodiscard]] const std::string& directory() const { return stage_.workspace().path(); }

  private:
    [[nodiscard]] std::vector<Request> next_requests();
    void post(const std::vector<Request>& requests);
    void kill_ledger();
    void kill_broker();
    void move_prices();
    void wait_up_to(int milliseconds);
    void die_at(ledger::KillPoint point, std::uint64_t count);
    void take_answers(Postmen& postmen);
    void empty_the_book();

    Tally& tally_;
    simulation::Dice dice_;
    MasterFeed feed_;
    Operators operators_;
    Promises promises_;
    std::size_t accepted_ = 0;  // orders at the broker, as last looked
    processes::Stage stage_;
};

}  // namespace torture
