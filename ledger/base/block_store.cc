#include "ledger/base/block_store.h"

#include <algorithm>

namespace ledger {

std::span<const KeyPlace> at_place(std::span<const KeyPlace> places, std::uint32_t place) {
    // Evenly spread, it is near where its share of the range says; how near is found by doubling.
    const std::size_t count = places.size();
    const auto guess = static_cast<std::size_t>(std::uint64_t{place} * count >> 32U);
    std::size_t low = guess;
    std::size_t high = guess;
    constexpr std::size_t first_reach = 16;
    for (std::size_t reach = first_reach; low > 0 && places[low - 1].place >= place; reach *= 2) {
        low -= std::min(low, reach);
    }
    for (std::size_t reach = first_reach; high < count && places[high].place <= place; reach *= 2) {
        high += std::min(count - high, reach);
    }
    const auto found =
        std::ranges::equal_range(places.subspan(low, high - low), place, {}, &KeyPlace::place);
    return {found.begin(), found.end()};
}

// The finalizer of MurmurHash3, of which the upper half is taken.
std::uint32_t place_of_hash(std::uint64_t hash) {
    hash = (hash ^ hash >> 33U) * 0xff51afd7ed558ccdU;
    hash = (hash ^ hash >> 33U) * 0xc4ceb9fe1a85ec53U;
    return static_cast<std::uint32_t>(hash >> 32U);
}

}  // namespace ledger
