// The secrets of a run, and the real vault that keeps them out of the log (I14).
#pragma once

#include "ledger/vault/credential_vault.h"

#include <string>
#include <string_view>

namespace simulation {

inline constexpr std::string_view secret_name = "apiKey";

// What the broker's account of that code is opened with. No other text of a run looks like it.
[[nodiscard]] std::string secret_of(std::string_view account_code);

// As the ledger is given it, and back. Equal input gives equal bytes within a process.
[[nodiscard]] std::string sealed_secret_of(std::string_view account_code);
[[nodiscard]] ledger::Result<ledger::vault::Credentials> unseal(std::string_view sealed,
                                                                std::string_view account_code);

}  // namespace simulation
