// A node's two clocks: the wall clock that stamps events, and may jump, and the monotonic one that
// its coroutines sleep by.
#pragma once

#include "executors/scheduler.h"
#include "ledger/clock.h"
#include "tests/simulation/twins/agenda.h"

#include <cstdint>

#include <boost/asio/awaitable.hpp>

namespace simulation {

class WallClock final : public ledger::Clock {
  public:
    explicit WallClock(const WorldTime& time) : time_(time) {}

    [[nodiscard]] std::int64_t now_ns() const override {
        return epoch_ns + offset_ns_ + time_.now_ns();
    }

    void jump(std::int64_t by_ns) { offset_ns_ += by_ns; }

    void set_right() { offset_ns_ = 0; }

    static constexpr std::int64_t epoch_ns = 1'700'000'000 * ns_per_second;

  private:
    const WorldTime& time_;
    std::int64_t offset_ns_ = 0;
};

// Sleepers are woken by whoever runs the agenda. Those that never are go with it.
class NodeScheduler final : public executors::Scheduler {
  public:
    explicit NodeScheduler(const WorldTime& time) : time_(time) {}

    [[nodiscard]] std::int64_t now_ns() const override { return time_.now_ns(); }

    [[nodiscard]] boost::asio::awaitable<void> sleep_for(std::int64_t duration_ns) override;

    [[nodiscard]] Agenda& sleepers() { return sleepers_; }

  private:
    const WorldTime& time_;
    Agenda sleepers_;
};

}  // namespace simulation
