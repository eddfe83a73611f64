// Waits for what the brokers say of a request about a master order, and answers it.
#pragma once

#include "ingest/copy_results.h"
#include "ingest/routes.h"
#include "ledger/base/result.h"
#include "ledger/model/command.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ingest {

// The results once all is settled, or as they stand after `wait_ms`.
[[nodiscard]] asio::awaitable<ledger::Result<std::vector<CopyResult>>> await_results(
    ApiContext& context, Motion motion, int wait_ms);

// What followed from the first report of a master order.
[[nodiscard]] asio::awaitable<ledger::Result<Motion>> motion_of_order(ApiContext& context,
                                                                      ledger::EventId order);

// {"ok","eventId","sequence","duplicate","summary","results"}, the middle three of the receipt
// where there is one.
[[nodiscard]] http::Response results_response(const std::vector<CopyResult>& results,
                                              const std::optional<ledger::Receipt>& receipt);

}  // namespace ingest
