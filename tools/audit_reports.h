// The reports that HTTP asks for by name, as JSON.
#pragma once

#include "ingest/queries.h"
#include "ledger/base/result.h"
#include "tools/history.h"

#include <string>

namespace tools {

// "why" and "completeness", as ingest::Queries::report says.
[[nodiscard]] ledger::Result<std::string> answer_report(History& history,
                                                        const ingest::Query& query);

}  // namespace tools
