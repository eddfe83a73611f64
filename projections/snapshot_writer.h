// A LedgerView as the bytes of a snapshot file. Equal views have equal bytes.
#pragma once

#include "ledger/base/result.h"
#include "projections/ledger_view.h"

#include <functional>
#include <string_view>

namespace projections {

// Takes the next bytes.
using ByteSink = std::function<ledger::Result<void>(std::string_view)>;

[[nodiscard]] ledger::Result<void> put_snapshot(const LedgerView& view, const ByteSink& sink);

}  // namespace projections
