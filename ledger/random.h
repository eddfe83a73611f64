// Randomness as a port, so that one seed decides a whole run.
#pragma once

#include <cstdint>

namespace ledger {

class Random {
  public:
    Random() = default;
    Random(const Random&) = delete;
    Random& operator=(const Random&) = delete;
    virtual ~Random() = default;

    // All 64 bits uniform. Not for secrets.
    [[nodiscard]] virtual std::uint64_t next() = 0;
};

// SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

    [[nodiscard]] std::uint64_t next() override {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
        return mixed ^ (mixed >> 31U);
    }

  private:
    std::uint64_t state_;
};

}  // namespace ledger
