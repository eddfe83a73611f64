// A stored record. What can be read is printed, and recorded again as the same event.
#include "ledger/log/record_codec.h"
#include "projections/event_row.h"
#include "tests/fuzz/recording.h"
#include "tests/fuzz/target.h"

namespace fuzz {

void record(Input input) {
    const auto read = ledger::log::decode_record(input);
    if (!read) {
        law(read.error().code == ledger::Errc::corrupt, "what is no record is corrupt");
        law(!read.error().detail.empty(), "a refusal says why");
        return;
    }
    survives_recording(read.value());
    law(!projections::event_row(read.value()).cells().empty(), "every event is shown");
    law(!projections::brief_event_row(read.value()).cells().empty(), "every event is shown");
}

}  // namespace fuzz
