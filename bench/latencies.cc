#include "bench/latencies.h"

#include <algorithm>

namespace bench {

void Latencies::add(std::int64_t ns) {
    max_ns_ = std::max(max_ns_, ns);
    if (samples_.size() < samples_max) samples_.push_back(ns);
}

Spread Latencies::spread() const {
    if (samples_.empty()) return {};
    std::vector<std::int64_t> sorted = samples_;
    std::ranges::sort(sorted);
    const auto at_percent = [&](std::size_t percent) {
        return sorted[(sorted.size() * percent + 99) / 100 - 1];
    };
    return {.count = sorted.size(),
            .p50_ns = at_percent(50),
            .p99_ns = at_percent(99),
            .max_ns = max_ns_};
}

}  // namespace bench
