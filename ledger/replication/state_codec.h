// The canonical bytes of the state, in sections that can be digested one by one. Equal folds have
// equal bytes (I5). A snapshot is a cache: another version than ours is thrown away, not upcast.
#pragma once

#include "ledger/base/byte_buffer.h"
#include "ledger/base/result.h"
#include "ledger/replication/state.h"

#include <array>
#include <string>
#include <string_view>

namespace ledger::replication {

// Raise it with every change of the bytes, or of what evolve() makes of an event.
inline constexpr std::uint32_t state_version = 6;

enum class Section {
    risk,
    accounts,
    links,
    instruments,
    master_positions,
    order_map,
    copied_positions,
    orders,
};

inline constexpr std::array sections{Section::risk,
                                     Section::accounts,
                                     Section::links,
                                     Section::instruments,
                                     Section::master_positions,
                                     Section::order_map,
                                     Section::copied_positions,
                                     Section::orders};

[[nodiscard]] std::string_view to_text(Section section);

void serialize(const State& state, Section section, ByteWriter& out);

// Adds a section's rows to a state that has none of them; in the order of `sections`. corrupt where
// the bytes are not what serialize() made.
[[nodiscard]] Result<void> restore(State& state, Section section, std::string_view bytes);

}  // namespace ledger::replication
