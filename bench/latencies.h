// The latencies of one row and what is told of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bench {

struct Spread {
    std::size_t count = 0;
    std::int64_t p50_ns = 0;
    std::int64_t p99_ns = 0;
    std::int64_t max_ns = 0;
};

class Latencies {
  public:
    // Every one is kept up to samples_max, which no row comes near; beyond it only the longest is.
    void add(std::int64_t ns);

    // Nearest rank: p99 of less than 100 samples is the longest of them.
    [[nodiscard]] Spread spread() const;

  private:
    static constexpr std::size_t samples_max = 16'000'000;

    std::vector<std::int64_t> samples_;
    std::int64_t max_ns_ = 0;
};

}  // namespace bench
