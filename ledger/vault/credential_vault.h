// Seals broker credentials before they enter the log and opens them for an executor. The key lives
// in a file outside the log (I14).
#pragma once

#include "ledger/base/result.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace ledger::vault {

using Credentials = std::map<std::string, std::string>;

class CredentialVault {
  public:
    // Reads the key file (mode 0600, refused when others may read it) or, where there is none,
    // makes one, durable before this returns.
    [[nodiscard]] static Result<CredentialVault> open_or_create(const std::string& key_path);

    // The same, but not_found where there is none.
    [[nodiscard]] static Result<CredentialVault> open_existing(const std::string& key_path);

    CredentialVault(CredentialVault&& other) noexcept;
    CredentialVault& operator=(CredentialVault&&) = delete;
    CredentialVault(const CredentialVault&) = delete;
    CredentialVault& operator=(const CredentialVault&) = delete;
    ~CredentialVault();  // wipes the key

    // Authenticated encryption bound to `context` (the account's broker and code), with a nonce
    // derived from key, context and content: equal input gives equal bytes, so that a repeated
    // request is recognised as such. Empty credentials give empty bytes.
    [[nodiscard]] std::string seal(const Credentials& credentials, std::string_view context) const;

    // corrupt where the bytes were not sealed by this key for this context.
    [[nodiscard]] Result<Credentials> open(std::string_view sealed, std::string_view context) const;

  private:
    CredentialVault() = default;
    std::array<std::uint8_t, 32> key_{};
};

}  // namespace ledger::vault
