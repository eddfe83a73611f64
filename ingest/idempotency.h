// The Idempotency-Key header: what makes a repeated POST the same request, for ever.
#pragma once

#include "ingest/http/request.h"
#include "ingest/tokens.h"
#include "ledger/base/result.h"
#include "ledger/model/event_id.h"
#include "ledger/vault/credential_vault.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ingest {

inline constexpr std::size_t idempotency_key_bytes_max = 255;

// As it stands in the log: "token/4f0c9d21a7be".
[[nodiscard]] std::string actor_of(const Caller& caller);

// The same only for the same caller, method, path and key; zero where no key was sent.
// invalid_input for a key that is not 1 to 255 visible ASCII characters.
[[nodiscard]] ledger::Result<ledger::EventId> idempotency_key_of(const http::Request& request,
                                                                 std::string_view actor);

// What tells another body under the same key.
[[nodiscard]] std::uint64_t digest_of(std::string_view body);
// For bodies that may hold secrets (I14): the digest is stored in the log, and one that anybody can
// compute would let a reader of the log try out passwords.
[[nodiscard]] std::uint64_t keyed_digest_of(std::string_view body,
                                            const ledger::vault::CredentialVault& vault);

}  // namespace ingest
