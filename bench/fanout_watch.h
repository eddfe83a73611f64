// Watches one master order at a time until all that it asks for is durable.
#pragma once

#include "ledger/base/result.h"
#include "ledger/sequencer.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace bench {

// Both from the webhook command's submission.
struct FanoutTimes {
    std::int64_t intended_ns = 0;
    std::int64_t acknowledged_ns = 0;
};

class FanoutWatch {
  public:
    explicit FanoutWatch(std::size_t followers) : followers_(followers) {}

    // The clock starts now.
    void begin();

    // On the writer's thread, for every durable batch.
    void on_committed(const ledger::Sequencer::EventBatch& batch);

    // unavailable where it takes more than a minute.
    [[nodiscard]] ledger::Result<FanoutTimes> wait();

  private:
    const std::size_t followers_;
    std::mutex mutex_;
    std::condition_variable all_acknowledged_;
    std::int64_t begun_ns_ = 0;
    std::size_t intended_ = 0;
    std::size_t acknowledged_ = 0;
    FanoutTimes times_;
};

}  // namespace bench
