// What the executors know of each follower order that is not done, learned from durable events
// alone: enough to send what it waits for. Done orders are forgotten.
#pragma once

#include "ledger/model/event.h"
#include "ledger/replication/state.h"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace executors {

// The order in which one account's intents were recorded.
struct LanePosition {
    std::int64_t intended_at_ns = 0;
    std::uint64_t ordinal = 0;  // tells apart what was recorded at one instant

    friend auto operator<=>(const LanePosition&, const LanePosition&) = default;
};

// An intent to place, modify or cancel, and how far it got.
struct LiveIntent {
    ledger::EventId id;
    ledger::IntentKind kind = ledger::IntentKind::new_;
    LanePosition position;
    std::uint32_t attempt = 0;  // the latest
    bool under_way = false;     // which has no outcome yet
    bool parked = false;        // a person must find it
    ledger::OrderTerms terms;   // of a modify
};

struct LiveOrder {
    ledger::EventId id;
    ledger::AccountNumber account;
    ledger::Instrument instrument;
    ledger::OrderTerms terms;  // to be sent, or as the broker last took them
    ledger::OrdStatus status = ledger::OrdStatus::intended;
    std::string broker_order_id;
    LiveIntent placing;
    std::vector<LiveIntent> changes;   // in the order of recording
    bool held = false;                 // the core refused an attempt: wait for the next event
    std::vector<LanePosition> queued;  // its items in the account's lane

    [[nodiscard]] bool under_way() const;
    // No event can make work of it any more.
    [[nodiscard]] bool done() const;
    [[nodiscard]] const LiveIntent* intent(const ledger::EventId& id) const;
    [[nodiscard]] LiveIntent* intent(const ledger::EventId& id);
    // The intent that an attempt may begin for now, or nullptr.
    [[nodiscard]] const LiveIntent* next() const;
};

class LiveOrders {
  public:
    void restore(const ledger::replication::State& state);

    // Folds in the next event of the log. The order it concerns, or nullptr.
    LiveOrder* apply(const ledger::Event& event);

    [[nodiscard]] LiveOrder* find(const ledger::EventId& order);
    [[nodiscard]] const LiveOrder* find(const ledger::EventId& order) const;

    void forget(const ledger::EventId& order) { orders_.erase(order); }

    [[nodiscard]] std::map<ledger::EventId, LiveOrder>& all() { return orders_; }

    [[nodiscard]] std::size_t size() const { return orders_.size(); }

  private:
    struct Folding;

    [[nodiscard]] LanePosition next_position(std::int64_t intended_at_ns);
    void restore(const ledger::replication::State& state,
                 const ledger::replication::FollowerOrder& row);

    std::map<ledger::EventId, LiveOrder> orders_;
    std::uint64_t ordinal_ = 0;
    // What follows from a master's event stands behind it in the same commit.
    ledger::EventId master_event_;
    ledger::Instrument master_instrument_;
};

// The attempts that a restart finds without an outcome, but for those that wait for a person.
[[nodiscard]] std::vector<ledger::AttemptRef> open_attempts(
    const ledger::replication::State& state);

}  // namespace executors
