// The operating system's clock and randomness behind the ledger's ports.
#pragma once

#include "ledger/clock.h"
#include "ledger/random.h"

#include <cstdint>

namespace tools {

class SystemClock final : public ledger::Clock {
  public:
    [[nodiscard]] std::int64_t now_ns() const override;
};

class SystemRandom final : public ledger::Random {
  public:
    std::uint64_t next() override;
};

}  // namespace tools
