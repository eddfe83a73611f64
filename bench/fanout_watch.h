// Watches one master order at a time until its last follower order is known to be filled.
#pragma once

#include "ledger/base/result.h"
#include "ledger/sequencer.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace bench {

// All from the webhook command's submission until the last of them is durable.
struct FanoutTimes {
    std::int64_t intended_ns = 0;
    std::int64_t acknowledged_ns = 0;
    double acknowledged_cpu_seconds = 0;  // of this process
};

class FanoutWatch {
  public:
    explicit FanoutWatch(std::size_t followers) : followers_(followers) {}

    // The clock starts now.
    void begin();

    // On the writer's thread, for every durable batch.
    void on_committed(const ledger::Sequencer::EventBatch& batch);

    // Waits for the fills too, so that the next order finds nothing under way. unavailable where it
    // takes more than a minute.
    [[nodiscard]] ledger::Result<FanoutTimes> wait();

  private:
    const std::size_t followers_;
    std::mutex mutex_;
    std::condition_variable all_filled_;
    std::int64_t begun_ns_ = 0;
    double cpu_before_ = 0;
    std::size_t intended_ = 0;
    std::size_t acknowledged_ = 0;
    std::size_t filled_ = 0;
    FanoutTimes times_;
};

}  // namespace bench
