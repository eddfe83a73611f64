// Makes what the brokers said durable. While the process lives nothing of it is lost: a ledger
// whose queue is full is asked again.
#pragma once

#include "executors/retry_policy.h"
#include "executors/scheduler.h"
#include "ledger/model/command.h"
#include "ledger/random.h"
#include "ledger/sequencer.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace executors {

[[nodiscard]] ledger::Command to_command(ledger::CommandPayload payload);

class OutcomeRecorder {
  public:
    // The arguments must outlive this, and this every coroutine of it.
    OutcomeRecorder(ledger::Sequencer& sequencer, Scheduler& scheduler, ledger::Random& random)
        : sequencer_(sequencer), scheduler_(scheduler), random_(random) {}

    // The core's answer, or overloaded once given up. What is to be recorded, here and below, must
    // outlive the coroutine.
    [[nodiscard]] boost::asio::awaitable<ledger::Result<ledger::Receipt>> record(
        const ledger::CommandPayload& payload);

    // One after the other; a refusal of one does not keep back the next.
    [[nodiscard]] boost::asio::awaitable<void> record_all(
        const std::vector<ledger::CommandPayload>& payloads);

    // Commands without an answer so far.
    [[nodiscard]] std::size_t recording() const { return recording_; }

    // The ledger takes no more: what is not recorded is found again after the next start.
    void give_up() { given_up_ = true; }

  private:
    ledger::Sequencer& sequencer_;
    Scheduler& scheduler_;
    ledger::Random& random_;
    RetryPolicy retry_{.first_ns_max = 2'000'000, .ns_max = 100'000'000};
    std::size_t recording_ = 0;
    bool given_up_ = false;
};

}  // namespace executors
