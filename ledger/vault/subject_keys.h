// A key for each person: what is sealed with it can be read until the key is destroyed, wherever
// the sealed bytes were copied to. The keys are files of their own, outside the log.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/event_id.h"
#include "ledger/vault/credential_vault.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace ledger::vault {

// The person of an account until an erasure; after it the account may have another.
struct Subject {
    EventId account;             // account_id()
    std::uint32_t erasures = 0;  // of the account before

    friend bool operator==(const Subject&, const Subject&) = default;
};

// The account's 32 hex digits, "-" and the number.
[[nodiscard]] std::string to_text(const Subject& subject);

// What sealed texts begin with.
inline constexpr std::string_view sealed_beginning = "sealed:";

class SubjectKeys {
  public:
    // Without a directory nothing can be sealed or opened.
    SubjectKeys() = default;

    explicit SubjectKeys(std::string directory) : directory_(std::move(directory)) {}

    // "sealed:1:SUBJECT:BASE64", whose length tells the text's to within 32 bytes. Makes the key
    // where there is none, durable before this returns. Equal texts of a subject are sealed into
    // equal ones, so that a repeated request is recognised as such. Empty stays empty.
    [[nodiscard]] Result<std::string> seal(const Subject& subject, std::string_view text) const;
    // Likewise, as bytes; bound to `context` as CredentialVault binds them.
    [[nodiscard]] Result<std::string> seal(const Subject& subject, const Credentials& credentials,
                                           std::string_view context) const;

    // What a person is shown: a text that is not sealed as it is, one whose key is gone as
    // "(erased)", and one that cannot be opened here as "(sealed)".
    [[nodiscard]] std::string read(std::string_view text) const;

    // Whether these bytes were sealed with a subject's key, and which credentials they are.
    // not_found where that key is gone, corrupt where it did not seal them for this context.
    [[nodiscard]] static bool sealed(std::string_view credentials);
    [[nodiscard]] Result<Credentials> open(std::string_view credentials,
                                           std::string_view context) const;

    // Destroys the keys of the account's subjects before this one: overwritten, removed, and the
    // removal durable. Those that are gone already are no error.
    [[nodiscard]] Result<void> destroy_former(const Subject& present) const;

  private:
    [[nodiscard]] std::string path_of(std::string_view subject) const;
    [[nodiscard]] Result<CredentialVault> make_key(const Subject& subject) const;
    [[nodiscard]] Result<CredentialVault> key(std::string_view subject) const;
    [[nodiscard]] Result<void> destroy(const Subject& subject) const;

    std::string directory_;
};

// Of either key: those of before there were subjects' keys are sealed with the directory's.
[[nodiscard]] Result<Credentials> open_credentials(const CredentialVault& vault,
                                                   const SubjectKeys& subjects,
                                                   std::string_view sealed,
                                                   std::string_view context);

}  // namespace ledger::vault
