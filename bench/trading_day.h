// Drives a sequencer, step by step on one thread, through master orders that live whole lives: new,
// modified, cancelled and filled, with a broker that accepts nearly everything.
#pragma once

#include "bench/order_flow.h"
#include "ledger/base/result.h"
#include "ledger/sequencer.h"

#include <cstdint>

namespace bench {

class TradingDay {
  public:
    // Before the sequencer's first command; it must outlive this and is driven by this alone.
    explicit TradingDay(ledger::Sequencer& sequencer);

    // The master, its followers at ratios 1, 0.5 and 1.5, and an instrument that trades in lots.
    [[nodiscard]] ledger::Result<void> open_accounts(std::size_t followers);

    // Of one more master order, everything. Eight lives take turns.
    [[nodiscard]] ledger::Result<void> live_one_order();

    [[nodiscard]] std::uint64_t events() const { return sequencer_.state().sequence; }

    [[nodiscard]] std::size_t follower_orders() const {
        return sequencer_.state().follower_orders.size();
    }

  private:
    // What the broker's book shows of every working copy of the latest order.
    struct BookSays {
        ledger::OrdStatus status = ledger::OrdStatus::filled;
        std::int64_t filled_percent = 100;
    };

    void queue(ledger::Command command);
    void queue(ledger::CommandPayload payload);
    [[nodiscard]] ledger::Result<void> drain();
    [[nodiscard]] ledger::Result<void> say(const MasterSays& says);
    [[nodiscard]] ledger::Result<void> report_copies(const BookSays& says);
    // The broker's answer to what has become durable, if it calls for one.
    void answer(const ledger::Event& event);
    void answer_attempt(const ledger::AttemptRef& ref);

    ledger::Sequencer& sequencer_;
    std::uint64_t orders_ = 0;
    std::uint64_t broker_order_ids_ = 0;
    std::uint64_t answers_ = 0;
    std::uint64_t refused_ = 0;
    std::string refusal_;
};

}  // namespace bench
