// An EventId as the two numbers under which the schema stores it.
#pragma once

#include "ledger/base/big_endian.h"
#include "ledger/model/event_id.h"

#include <cstdint>

namespace ledger::log {

struct IdWords {
    std::uint64_t hi = 0;
    std::uint64_t lo = 0;
};

[[nodiscard]] inline IdWords words_of(const EventId& id) {
    const char* bytes = reinterpret_cast<const char*>(id.bytes.data());
    return {load_be64(bytes), load_be64(bytes + 8)};
}

[[nodiscard]] inline EventId id_of(std::uint64_t hi, std::uint64_t lo) {
    EventId id;
    char* bytes = reinterpret_cast<char*>(id.bytes.data());
    store_be64(hi, bytes);
    store_be64(lo, bytes + 8);
    return id;
}

}  // namespace ledger::log
