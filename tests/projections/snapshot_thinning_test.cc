#include "projections/snapshot_thinning.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace snapshot_thinning_test {

using namespace projections;
using Sequences = std::vector<std::uint64_t>;

namespace {

void remove(std::vector<SnapshotSize>& snapshots, const Sequences& given_up) {
    std::erase_if(snapshots, [&](const SnapshotSize& snapshot) {
        return std::ranges::find(given_up, snapshot.sequence) != given_up.end();
    });
}

std::uint64_t greatest_gap(const std::vector<SnapshotSize>& snapshots) {
    std::uint64_t greatest = 0;
    std::uint64_t before = 0;
    for (const SnapshotSize& snapshot : snapshots) {
        greatest = std::max(greatest, snapshot.sequence - before);
        before = snapshot.sequence;
    }
    return greatest;
}

}  // namespace

TEST_CASE("snapshots within the limits are all kept", "[projections]") {
    CHECK(surplus({}, {}).empty());
    CHECK(surplus({{10, 5}, {20, 5}, {30, 5}}, {.files_max = 3, .bytes_max = 15}).empty());
}

TEST_CASE("the one whose neighbours are nearest goes first", "[projections]") {
    const std::vector<SnapshotSize> snapshots{{10, 1}, {20, 1}, {25, 1}, {60, 1}, {70, 1}};
    CHECK(surplus(snapshots, {.files_max = 4}) == Sequences{20});
    CHECK(surplus(snapshots, {.files_max = 3}) == Sequences{20, 10});
    CHECK(surplus(snapshots, {.files_max = 2}) == Sequences{20, 10, 25});
}

TEST_CASE("the newest two stay, however large they are", "[projections]") {
    const std::vector<SnapshotSize> snapshots{{10, 1}, {20, 100}, {30, 100}};
    CHECK(surplus(snapshots, {.files_max = 10, .bytes_max = 7}) == Sequences{10});
    CHECK(surplus({{20, 100}, {30, 100}}, {.files_max = 2, .bytes_max = 7}).empty());
}

TEST_CASE("the next snapshot of a long log is due later", "[projections]") {
    const SnapshotLimits ten{.files_max = 10};
    CHECK(snapshot_distance(0, 100, ten) == 100);
    CHECK(snapshot_distance(1000, 100, ten) == 100);
    CHECK(snapshot_distance(1010, 100, ten) == 101);
}

TEST_CASE("no instant of a growing log is far from a snapshot", "[projections]") {
    rc::prop("the gap stays below its bound, and so do the files", [] {
        const SnapshotLimits limits{.files_max =
                                        static_cast<std::size_t>(*rc::gen::inRange(4, 40))};
        constexpr std::uint64_t every = 100;
        std::vector<SnapshotSize> snapshots;
        for (std::uint64_t last = every; last <= 300 * every; last += every) {
            snapshots.push_back({last, 1});
            remove(snapshots, surplus(snapshots, limits));
            RC_ASSERT(snapshots.size() <= limits.files_max);
            RC_ASSERT(snapshots.back().sequence == last);
            const std::uint64_t bound = std::max(every, 2 * last / (limits.files_max - 2));
            RC_ASSERT(greatest_gap(snapshots) <= bound);
        }
    });
}

}  // namespace snapshot_thinning_test
