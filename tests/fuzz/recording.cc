#include "tests/fuzz/recording.h"

#include "ledger/log/record_codec.h"
#include "tests/fuzz/target.h"

#include <utility>

namespace fuzz {

void survives_recording(const ledger::Event& event) {
    ledger::log::RecordEncoder encoder;
    const auto read = ledger::log::decode_record(encoder.encode(event));
    law(read.has_value(), "what was recorded can be read");
    law(read.value() == event, "what is read is what was recorded");
}

void survives_recording(ledger::Payload payload) {
    ledger::Event event;
    event.sequence = 1;
    event.id.bytes.fill(1);
    event.payload = std::move(payload);
    survives_recording(event);
}

}  // namespace fuzz
