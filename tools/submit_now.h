// One command for a sequencer that no thread runs yet.
#pragma once

#include "ledger/base/result.h"
#include "ledger/sequencer.h"

namespace tools {

// The receipt, once durable. storage_failed where the log can no longer be written.
[[nodiscard]] ledger::Result<ledger::Receipt> submit_now(ledger::Sequencer& sequencer,
                                                         ledger::Command command);

}  // namespace tools
