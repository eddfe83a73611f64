// "As of" on the command line: an instant or a sequence of the log, as the state that was known.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"

#include <cstdint>
#include <string>

namespace tools {

struct AsOf {
    std::uint64_t sequence = 0;  // of the last event that belongs to it; 0: before the first
    std::int64_t at_ns = 0;      // the instant itself, or when that event was recorded
};

// "120", or RFC 3339 for everything that was recorded by then; `now_ns` and the whole log where the
// text is empty. invalid_input naming "as-of".
[[nodiscard]] ledger::Result<AsOf> parse_as_of(const ledger::log::Journal& journal,
                                               const std::string& text, std::int64_t now_ns);

}  // namespace tools
