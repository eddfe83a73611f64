// What the targets expect of everything that gets as far as the log.
#pragma once

#include "ledger/model/event.h"

namespace fuzz {

// The law that an event read back from its record is that event. Requires one that may be encoded.
void survives_recording(const ledger::Event& event);

// As above, of what the next event of a log would say.
void survives_recording(ledger::Payload payload);

}  // namespace fuzz
