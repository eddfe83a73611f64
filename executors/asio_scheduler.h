// The scheduler of production: the monotonic clock and Asio's timers.
#pragma once

#include "executors/scheduler.h"

namespace executors {

class AsioScheduler final : public Scheduler {
  public:
    [[nodiscard]] std::int64_t now_ns() const override;
    [[nodiscard]] boost::asio::awaitable<void> sleep_for(std::int64_t duration_ns) override;
};

}  // namespace executors
