// Events to stored records and back. The one place that knows the FlatBuffers schema.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "ledger/base/result.h"
#include "ledger/model/event.h"

namespace ledger::log {

// Encodes one event after another, reusing its buffers.
class RecordEncoder {
  public:
    RecordEncoder();
    RecordEncoder(const RecordEncoder&) = delete;
    RecordEncoder& operator=(const RecordEncoder&) = delete;
    ~RecordEncoder();

    // The view is valid until the next call. The bytes pass the verifier (asserted).
    [[nodiscard]] std::string_view encode(const Event& event);

  private:
    struct Buffers;
    std::unique_ptr<Buffers> buffers_;
};

// Verifies, decodes and upcasts a record of any schema version that was ever released. corrupt
// where the bytes are no record, or where a value is not one the model knows.
[[nodiscard]] Result<Event> decode_record(std::string_view record);

}  // namespace ledger::log
