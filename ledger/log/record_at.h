// A record together with its place in the log, so that damage is told by it.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/model/event.h"

#include <string_view>

namespace ledger::log {

// As decode_record; corrupt, too, where the record says that it stands elsewhere. An error names
// the sequence.
[[nodiscard]] Result<Event> decode_record_at(SequenceNumber sequence, std::string_view record);
// The same into an event that is there already: for long scans. After an error it is any event.
[[nodiscard]] Result<void> decode_record_at(SequenceNumber sequence, std::string_view record,
                                            Event& event);

}  // namespace ledger::log
