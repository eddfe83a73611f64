// What is to be sent next: one lane per account, first in, first out, one request at a time. Pure:
// durable events and times go in, claims and requests come out.
//
// An item leaves its lane in two steps. A claim asks the core to begin the attempt; the request is
// made when AttemptStarted comes back as a durable event, in the log's order, and so with the terms
// that every earlier event left. The answer to the claim itself only matters when it is a refusal.
#pragma once

#include "executors/broker_gateway.h"
#include "executors/doubt.h"
#include "executors/due_times.h"
#include "executors/live_orders.h"
#include "executors/retry_policy.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <variant>

namespace executors {

struct Claim {
    ledger::AccountNumber account;
    ledger::EventId order;
    ledger::EventId intent;
};

using OrderRequest = std::variant<PlaceRequest, ModifyRequest, CancelRequest>;

// An attempt that is durable and may go to the broker, once.
struct Send {
    ledger::AttemptRef ref;
    std::int64_t intended_at_ns = 0;
    OrderRequest request;
};

class Outbox {
  public:
    // `random` must outlive this.
    Outbox(RetryPolicy retry, ledger::Random& random) : retry_(retry), random_(random) {}

    // Before the first event. Attempts without an outcome are in doubt from here on.
    void restore(const ledger::replication::State& state, std::int64_t now_ns);

    // Events must come in the log's order, without a gap.
    [[nodiscard]] std::optional<Send> apply(const ledger::Event& event, std::int64_t now_ns);

    // The account whose next item has waited the longest; claim() or delay() must follow.
    [[nodiscard]] std::optional<ledger::AccountNumber> take_ready(std::int64_t now_ns) {
        return ready_.take(now_ns);
    }

    [[nodiscard]] std::optional<std::int64_t> next_ready_ns() const { return ready_.next_ns(); }

    [[nodiscard]] Claim claim(ledger::AccountNumber account);
    void delay(ledger::AccountNumber account, std::int64_t until_ns);

    // The core said no: whatever made it so is in an event that is still to come.
    void claim_refused(const Claim& claim, std::int64_t now_ns);
    // The claim did not reach the core.
    void claim_failed(const Claim& claim, std::int64_t until_ns);

    // The request is over. For an outcome that needed no event of its own.
    void release(const ledger::AttemptRef& ref, std::int64_t now_ns);

    // Nothing once the attempt has its outcome or waits for a person.
    [[nodiscard]] std::optional<Doubt> doubt_of(const ledger::AttemptRef& ref) const;

    [[nodiscard]] std::size_t queued() const { return queued_; }

    [[nodiscard]] std::size_t live_orders() const { return orders_.size(); }

  private:
    struct Item {
        ledger::EventId order;
        ledger::EventId intent;
    };

    struct Lane {
        std::map<LanePosition, Item> items;
        std::optional<ledger::EventId> busy;  // the intent that is claimed or at the broker
        std::int64_t not_before_ns = 0;
    };

    [[nodiscard]] std::optional<Send> make_send(const ledger::Event& event,
                                                const LiveOrder& order) const;
    void take_outcome(const ledger::Event& event, Lane& lane, std::int64_t now_ns);
    void queue_items(LiveOrder& order, Lane& lane);
    [[nodiscard]] const Item* next_item(const Lane& lane) const;
    void refresh(ledger::AccountNumber account, std::int64_t now_ns);

    RetryPolicy retry_;
    ledger::Random& random_;
    LiveOrders orders_;
    std::map<ledger::AccountNumber, Lane> lanes_;
    DueTimes ready_;  // lanes that are not busy and have an item that may be claimed
    std::size_t queued_ = 0;
};

}  // namespace executors
