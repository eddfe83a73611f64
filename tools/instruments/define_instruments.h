// The instrument files' facts, recorded before the ledger takes requests.
#pragma once

#include "ledger/base/result.h"
#include "ledger/sequencer.h"
#include "tools/instruments/instrument_file.h"

#include <vector>

namespace tools {

// What is recorded already, or by a file of a later day, adds nothing. The sequencer must not run
// on a thread of its own yet.
[[nodiscard]] ledger::Result<void> define_instruments(const std::vector<InstrumentFile>& files,
                                                      ledger::Sequencer& sequencer);

}  // namespace tools
