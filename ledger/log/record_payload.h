// The payload's part of a record, between the model and the codec's envelope. Free of generated
// types, so that these go no further than the codec's own files.
#pragma once

#include "ledger/model/event.h"

#include <cstdint>
#include <string_view>

namespace flatbuffers {
class FlatBufferBuilder;
}

namespace ledger::log {

// A payload written into a buffer under construction.
struct WrittenPayload {
    std::uint8_t type = 0;  // the union member
    std::uint32_t offset = 0;
};

[[nodiscard]] WrittenPayload write_payload(flatbuffers::FlatBufferBuilder& builder,
                                           const Payload& payload);

// `table` has passed the verifier as union member `type`. False where this version knows no such
// member.
[[nodiscard]] bool read_payload(std::uint8_t type, const void* table, Payload& payload);

// The lowest version of the schema that can say all that the payload does: the one a record bears.
[[nodiscard]] std::uint16_t schema_version_of(const Payload& payload);

// The values the codec neither writes nor accepts: numbers that are no enumerator, ratios that
// cannot be divided by. Names the first field at fault; empty where there is none.
[[nodiscard]] std::string_view field_out_of_range(const Event& event);

}  // namespace ledger::log
