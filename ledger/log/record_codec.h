// Events to stored records and back. The one place that knows the FlatBuffers schema.
#pragma once

#include "ledger/base/byte_size.h"
#include "ledger/base/result.h"
#include "ledger/model/event.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace ledger::log {

// No event comes near it: the largest holds what one HTTP request body brought.
inline constexpr std::size_t record_bytes_max = 4 * mib;

// Encodes one event after another, reusing its buffers.
class RecordEncoder {
  public:
    RecordEncoder();
    RecordEncoder(const RecordEncoder&) = delete;
    RecordEncoder& operator=(const RecordEncoder&) = delete;
    ~RecordEncoder();

    // The view is valid until the next call. The bytes pass the verifier (asserted), and the event
    // is one that decode_record accepts: sequence and id set, every enumeration one of its
    // enumerators, no ratio below zero or over nothing, the whole within record_bytes_max
    // (asserted).
    [[nodiscard]] std::string_view encode(const Event& event);

  private:
    struct Buffers;
    std::unique_ptr<Buffers> buffers_;
};

// Verifies, decodes and upcasts a record of any schema version that was ever released. corrupt
// where the bytes are no record, where a value is not one the model knows (`field` names it), or
// where a newer version of the program wrote it.
[[nodiscard]] Result<Event> decode_record(std::string_view record);
// The same into an event that is there already: for long scans. After an error it is any event.
[[nodiscard]] Result<void> decode_record(std::string_view record, Event& event);

}  // namespace ledger::log
