// Which snapshots a directory keeps, so that every instant of the log is near one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace projections {

struct SnapshotSize {
    std::uint64_t sequence = 0;
    std::uint64_t bytes = 0;

    friend bool operator==(const SnapshotSize&, const SnapshotSize&) = default;
};

struct SnapshotLimits {
    std::size_t files_max = 64;  // at least 2
    std::uint64_t bytes_max = std::uint64_t{4} << 30U;
};

// Pure: the sequences to give up until the rest keep the limits, the newest two excepted. It is
// always the one whose neighbours are nearest to each other, the oldest of such, so that with
// `files_max` kept of a log of N events no gap grows beyond 2 N / (files_max - 2), or the distance
// at which snapshots are written where that is more. Requires ascending sequences.
[[nodiscard]] std::vector<std::uint64_t> surplus(std::vector<SnapshotSize> snapshots,
                                                 const SnapshotLimits& limits);

// Pure: how many events after a snapshot the next one is due in a log of `length` events:
// `every_events`, or what spreads `files_max` over the log where that is more. So what a long log
// writes stays in proportion to what it keeps.
[[nodiscard]] constexpr std::uint64_t snapshot_distance(std::uint64_t length,
                                                        std::uint64_t every_events,
                                                        const SnapshotLimits& limits = {}) {
    return std::max<std::uint64_t>(every_events, length / limits.files_max);
}

}  // namespace projections
