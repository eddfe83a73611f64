#include "ledger/log/record_write.h"

#include <variant>

namespace ledger::log {

WrittenPayload write_payload(flatbuffers::FlatBufferBuilder& builder, const Payload& payload) {
    return std::visit([&builder](const auto& event) { return write(builder, event); }, payload);
}

}  // namespace ledger::log
