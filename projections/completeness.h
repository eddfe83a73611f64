// Whether every master event has its outcome for every follower that copied at that instant. A fold
// of the log of its own: it shares nothing with the state that the decisions were made on.
#pragma once

#include "ledger/base/table.h"
#include "ledger/model/event.h"
#include "projections/audit_counts.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <boost/container/flat_map.hpp>

namespace projections {

struct CompletenessRange {
    std::uint64_t first = 1;  // of the master events that are looked at
    std::uint64_t last = UINT64_MAX;
};

// What is wrong about one master event and one follower.
struct OutcomeFinding {
    std::uint64_t sequence = 0;  // of the master event
    ledger::EventId master_event;
    ledger::AccountNumber follower;
    std::uint32_t outcomes = 0;  // 0: it is missing; 2 or more: there is more than one
};

// A master's fill report asks for no outcome: orders are copied, not fills.
struct CompletenessCounts {
    std::uint64_t master_events = 0;  // that are to be copied
    std::uint64_t fills = 0;          // that are not
    std::uint64_t expected = 0;       // one for each master event and follower; the sum of the rest
    std::uint64_t orders = 0;         // placed, changed, cancelled or ended, with a known outcome
    std::uint64_t pending = 0;        // not sent yet, or sent and not known
    std::uint64_t needs_review = 0;   // waits for a person
    std::uint64_t skipped = 0;
    std::uint64_t findings = 0;
    std::array<std::uint64_t, skip_reasons> skips{};  // by SkipReason
};

class Completeness {
  public:
    explicit Completeness(CompletenessRange range) : range_(range) {}

    // Requires the events from the log's beginning, in order.
    void apply(const ledger::Event& event);

    // As of the last event: the sum, and what is wrong, in the order of the log.
    [[nodiscard]] CompletenessCounts counts() const;
    [[nodiscard]] std::vector<OutcomeFinding> findings() const;

  private:
    // What one master event came to for one follower.
    struct Outcome {
        std::uint64_t sequence = 0;
        ledger::EventId master_event;
        ledger::AccountNumber follower;
        ledger::SkipReason reason = ledger::SkipReason::none;
        std::uint32_t skips = 0;
        std::uint32_t acts = 0;  // intents and changes of orders; several where it is sliced
        std::uint32_t open = 0;  // of its intents
        std::uint32_t parked = 0;

        [[nodiscard]] std::uint32_t count() const { return skips + (acts > 0 ? 1U : 0U); }
    };

    enum class Stage : std::uint8_t { waiting, in_flight, parked, done };

    [[nodiscard]] static bool is_open(Stage stage) {
        return stage == Stage::waiting || stage == Stage::in_flight;
    }

    struct Intent {
        std::optional<std::size_t> outcome;  // into outcomes_; nothing: it counts for none
        ledger::EventId master_order;        // of an order: what it belongs to
        Stage stage = Stage::waiting;
        bool told = false;  // of an order: its broker has told where it stands
    };

    struct IdHash {
        std::size_t operator()(const ledger::EventId& id) const { return id.prefix(); }
    };

    struct Master {
        ledger::AccountIdentity identity;
        boost::container::flat_map<ledger::AccountNumber, bool> copies;  // by follower
    };

    // Of the master event whose consequences are coming; its outcomes stand at the end.
    struct Current {
        ledger::EventId event;
        ledger::EventId master_order;
        std::size_t first_outcome = 0;
    };

    struct Fold;

    void begin(const ledger::Event& event, const ledger::MasterOrderReported& report);
    // The outcome that the event is part of, if it follows from the current master event.
    [[nodiscard]] std::optional<std::size_t> outcome_for(const ledger::Event& event,
                                                         ledger::AccountNumber follower) const;
    [[nodiscard]] ledger::EventId master_order_of(const ledger::EventId& order) const;
    void act(const ledger::Event& event, ledger::AccountNumber follower,
             const ledger::EventId& master_order);
    void intend(const ledger::Event& event, ledger::AccountNumber follower,
                const ledger::EventId& master_order);
    void move(const ledger::EventId& intent, Stage stage);
    void tell(const ledger::EventId& order);
    void fail(const ledger::EventId& intent);

    const CompletenessRange range_;
    boost::container::flat_map<ledger::AccountNumber, Master> masters_;
    std::vector<Outcome> outcomes_;
    ledger::Table<ledger::EventId, Intent, IdHash> intents_;
    Current current_;
    std::uint64_t master_events_ = 0;
    std::uint64_t fills_ = 0;
};

}  // namespace projections
