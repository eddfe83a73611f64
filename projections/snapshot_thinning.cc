#include "projections/snapshot_thinning.h"

#include <numeric>

namespace projections {

namespace {

constexpr std::size_t newest_kept = 2;

bool within(const std::vector<SnapshotSize>& snapshots, const SnapshotLimits& limits) {
    if (snapshots.size() <= newest_kept) return true;
    const auto add = [](std::uint64_t sum, const SnapshotSize& s) { return sum + s.bytes; };
    const auto bytes = std::accumulate(snapshots.begin(), snapshots.end(), std::uint64_t{0}, add);
    return snapshots.size() <= limits.files_max && bytes <= limits.bytes_max;
}

// The gap that would be left without it; the log's beginning is as good as a snapshot.
std::uint64_t gap_without(const std::vector<SnapshotSize>& snapshots, std::size_t at) {
    const std::uint64_t before = at == 0 ? 0 : snapshots[at - 1].sequence;
    return snapshots[at + 1].sequence - before;
}

std::size_t least_missed(const std::vector<SnapshotSize>& snapshots) {
    std::size_t least = 0;
    for (std::size_t at = 1; at + newest_kept < snapshots.size(); ++at) {
        if (gap_without(snapshots, at) < gap_without(snapshots, least)) least = at;
    }
    return least;
}

}  // namespace

std::vector<std::uint64_t> surplus(std::vector<SnapshotSize> snapshots,
                                   const SnapshotLimits& limits) {
    std::vector<std::uint64_t> given_up;
    while (!within(snapshots, limits)) {
        const std::size_t at = least_missed(snapshots);
        given_up.push_back(snapshots[at].sequence);
        snapshots.erase(snapshots.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return given_up;
}

}  // namespace projections
