// The masters' brokers: the truth about every master order, told in order and handed in with the
// channel's faults.
#pragma once

#include "tests/simulation/run/planted_bug.h"
#include "tests/simulation/twins/clients.h"
#include "tests/simulation/twins/faults.h"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace simulation {

inline constexpr std::int64_t average_price = 1'000'000;  // of every fill of a master's

// One master order as its broker knows it.
struct Story {
    ledger::AccountNumber master;
    std::string broker;
    std::string account_code;
    std::string broker_order_id;
    ledger::Instrument instrument;
    ledger::SourceVersion::Kind versions = ledger::SourceVersion::Kind::sequence;
    ledger::OrderTerms terms;
    std::int64_t cum_qty = 0;
    bool over = false;
    std::uint64_t version = 0;

    // What was told, oldest first: a request each, and the true type.
    struct Chapter {
        std::size_t request = 0;
        ledger::MasterOrderReported truth;
    };

    std::vector<Chapter> chapters;

    [[nodiscard]] ledger::EventId id() const {
        return ledger::master_order_id(broker, account_code, broker_order_id);
    }
};

class SimFeed {
  public:
    SimFeed(Clients& clients, WorldTime& time, std::uint64_t seed, FeedFaults faults,
            PlantedBug bug)
        : clients_(clients), time_(time), dice_(seed, 'e'), faults_(faults), bug_(bug) {}

    Story& begin(Story story) { return stories_.emplace_back(std::move(story)); }

    // Tells the story as it stands now.
    void tell(Story& story, ledger::MasterEventType type);
    // The same, as an operator's request: under a key. Only of a source without versions, whose
    // words are counted as they come.
    void tell_by_hand(Story& story, ledger::MasterEventType type);
    // Says otherwise what was told, and recorded, before. Only of a source with versions.
    void contradict(const Story& story, const Story::Chapter& chapter);

    [[nodiscard]] std::deque<Story>& stories() { return stories_; }

    [[nodiscard]] const std::deque<Story>& stories() const { return stories_; }

    void calm() {
        faults_ = {};
        cut_until_ns_ = 0;
    }

  private:
    struct Delivery {
        Request request;
        std::int64_t delay_ns = 0;
        bool ordered = false;  // each behind the one before it
    };

    [[nodiscard]] Delivery deliver(Story& story, const ledger::MasterOrderReported& truth);
    void hand_in(Story& story, const ledger::MasterOrderReported& truth, Delivery delivery);
    [[nodiscard]] std::int64_t delay_ns(bool ordered);

    Clients& clients_;
    WorldTime& time_;
    Dice dice_;
    std::int64_t cut_until_ns_ = 0;
    std::uint64_t keys_ = 0;
    std::uint64_t lies_ = 0;
    FeedFaults faults_;
    PlantedBug bug_;
    std::deque<Story> stories_;
};

}  // namespace simulation
