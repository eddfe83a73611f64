// Events of every kind with every field drawn at random, extremes included.
#pragma once

#include "ledger/model/event.h"

#include <cstddef>

#include <rapidcheck.h>

namespace ledger::log {

inline constexpr std::size_t kind_count = Payload::kinds;

// `kind` is the payload's index in the variant.
[[nodiscard]] rc::Gen<Event> any_event(std::size_t kind);

}  // namespace ledger::log
