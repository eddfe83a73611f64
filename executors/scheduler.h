// Waiting as a port: timers in production, virtual time under simulation.
#pragma once

#include <cstdint>

#include <boost/asio/awaitable.hpp>

namespace executors {

class Scheduler {
  public:
    Scheduler() = default;
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;
    virtual ~Scheduler() = default;

    // Never runs backwards; its zero means nothing.
    [[nodiscard]] virtual std::int64_t now_ns() const = 0;

    // Resumes on the coroutine's own executor, once now_ns() has grown by `duration_ns`.
    [[nodiscard]] virtual boost::asio::awaitable<void> sleep_for(std::int64_t duration_ns) = 0;
};

}  // namespace executors
