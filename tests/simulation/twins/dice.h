// The run's randomness. Each part of the world throws its own dice, so that one part's throws do
// not move another's.
#pragma once

#include "ledger/base/assert.h"
#include "ledger/random.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace simulation {

class Dice final : public ledger::Random {
  public:
    Dice(std::uint64_t seed, std::uint64_t purpose)
        : random_(ledger::SeededRandom{seed}.next() ^ purpose) {}

    [[nodiscard]] std::uint64_t next() override { return random_.next(); }

    // True in so many of a thousand throws; 0 throws nothing.
    [[nodiscard]] bool chance(std::uint32_t per_mille) {
        return per_mille > 0 && next() % 1'000 < per_mille;
    }

    // Both ends included.
    [[nodiscard]] std::int64_t between(std::int64_t least, std::int64_t most) {
        LEDGER_ASSERT(least <= most);
        const auto width = static_cast<std::uint64_t>(most - least) + 1;
        return least + static_cast<std::int64_t>(next() % width);
    }

    [[nodiscard]] std::size_t below(std::size_t count) {
        LEDGER_ASSERT(count > 0);
        return static_cast<std::size_t>(next() % count);
    }

    template <class T>
    void shuffle(std::vector<T>& values) {
        for (std::size_t n = values.size(); n > 1; --n) std::swap(values[n - 1], values[below(n)]);
    }

  private:
    ledger::SeededRandom random_;
};

}  // namespace simulation
