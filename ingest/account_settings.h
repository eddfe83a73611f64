// Changes of an account that are more than one command, each safe to repeat when the request comes
// again.
#pragma once

#include "ingest/routes.h"
#include "ledger/base/result.h"
#include "ledger/model/account.h"
#include "ledger/model/command.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace ingest {

// A further command of the same request: under the caller's Idempotency-Key it has one of its own,
// made of that one and `part`.
[[nodiscard]] ledger::Command part_of(const Call& call, std::string_view part,
                                      ledger::CommandPayload payload);

// Gives each link of the follower whose ratio is `former` (each link at all where that is nothing)
// the ratio `wanted`.
struct RatioChange {
    ledger::AccountNumber follower;
    std::optional<ledger::Ratio> former;
    ledger::Ratio wanted;
};

[[nodiscard]] asio::awaitable<ledger::Result<void>> change_ratios(ApiContext& context,
                                                                  const Call& call,
                                                                  RatioChange change);

// Whether anybody ever told what the account is worth.
[[nodiscard]] asio::awaitable<ledger::Result<bool>> has_funds(ApiContext& context,
                                                              ledger::AccountNumber account);

}  // namespace ingest
