// The secrets of a run, and the real vault that keeps them out of the log (I14).
#pragma once

#include "ledger/vault/credential_vault.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace simulation {

inline constexpr std::string_view secret_name = "apiKey";

// What the broker's account of that code is opened with, after so many changes of it. No other text
// of a run looks like it.
[[nodiscard]] std::string secret_of(std::string_view account_code, std::uint32_t changes);

// Whose it is, and what of it was erased before: what was sealed for one opens for no other.
struct Sealing {
    std::string account_code;
    std::uint32_t erasures = 0;

    [[nodiscard]] std::string context() const;
};

// As the ledger is given it, and back. Equal input gives equal bytes within a process.
[[nodiscard]] std::string seal(const Sealing& sealing, std::uint32_t changes);
[[nodiscard]] ledger::Result<ledger::vault::Credentials> unseal(const Sealing& sealing,
                                                                std::string_view sealed);

}  // namespace simulation
