// Counts of durations in fixed integer buckets.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace executors {

struct LatencyHistogram {
    static constexpr std::array<std::int64_t, 16> bounds_ns{
        100'000,       250'000,       500'000,       1'000'000,     2'500'000,   5'000'000,
        10'000'000,    25'000'000,    50'000'000,    100'000'000,   250'000'000, 500'000'000,
        1'000'000'000, 2'500'000'000, 5'000'000'000, 10'000'000'000};

    // [i] counts durations up to bounds_ns[i] and above the bound before; the last, all longer.
    std::array<std::uint64_t, bounds_ns.size() + 1> counts{};
    std::uint64_t count = 0;
    std::int64_t sum_ns = 0;

    void add(std::int64_t duration_ns) {
        const auto bound = std::ranges::lower_bound(bounds_ns, duration_ns);
        ++counts[static_cast<std::size_t>(bound - bounds_ns.begin())];
        ++count;
        sum_ns += duration_ns;
    }
};

}  // namespace executors
