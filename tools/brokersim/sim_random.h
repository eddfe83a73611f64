// Repeatable randomness: the n-th decision of a stream depends on the seed, the stream and n alone,
// so that requests of one kind do not disturb the fate of another.
#pragma once

#include <cstdint>

namespace tools::brokersim {

// SplitMix64 (Steele, Lea, Flood 2014).
class SimRandom {
  public:
    SimRandom(std::uint64_t seed, std::uint64_t stream, std::uint64_t number)
        : state_(mix(mix(seed + golden * (stream + 1)) + number)) {}

    std::uint64_t next() {
        state_ += golden;
        return mix(state_);
    }

    // Uniform in 0..bound-1 but for a bias below bound / 2^64. Requires bound > 0.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

  private:
    static constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;

    static constexpr std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    std::uint64_t state_;
};

}  // namespace tools::brokersim
