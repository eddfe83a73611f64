// An account's secrets on their way from a request to the vault. They appear in no answer, error or
// log (I14); what people see is the last four characters of the key.
#pragma once

#include "ingest/body_fields.h"
#include "ledger/base/result.h"
#include "ledger/vault/credential_vault.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ingest {

inline constexpr std::size_t credential_bytes_max = 4096;  // a JWT with room to spare
inline constexpr std::size_t credentials_max = 16;

// What the vault binds sealed credentials to; whoever opens them needs the same.
[[nodiscard]] std::string credential_context(std::string_view broker,
                                             std::string_view broker_account);

// From `credentials`, an object whose keys the adapter names, and from the flat names
// blaze_api_key, blaze_api_secret, iifl_user_id, iifl_password, which stand for XTS's appKey,
// secretKey, userId, password. Nothing where the body holds none.
using MaybeCredentials = std::optional<ledger::vault::Credentials>;
[[nodiscard]] ledger::Result<MaybeCredentials> read_credentials(const BodyFields& fields);

// invalid_input naming the absent one where a body has half of a pair of flat names.
[[nodiscard]] ledger::Result<void> check_pairs(const BodyFields& fields);

// The last four characters; nothing of a text so short that they would give it away.
[[nodiscard]] std::string last_four(std::string_view secret);

// The last four of what names the key or user; never of a secret half or a password.
[[nodiscard]] std::string hint_of(const ledger::vault::Credentials& credentials);

}  // namespace ingest
