// The ledger's time, as a port: the wall clock in production, a simulated one under test.
#pragma once

#include <cstdint>

namespace ledger {

class Clock {
  public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    // Nanoseconds since the Unix epoch. May step backwards; the sequencer never does.
    [[nodiscard]] virtual std::int64_t now_ns() const = 0;
};

}  // namespace ledger
