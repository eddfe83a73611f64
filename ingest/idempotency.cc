#include "ingest/idempotency.h"

#include <algorithm>

namespace ingest {

using ledger::NaturalKey;

std::string actor_of(const Caller& caller) {
    return "token/" + caller.token_id;
}

ledger::Result<ledger::EventId> idempotency_key_of(const http::Request& request,
                                                   std::string_view actor) {
    const auto key = request.headers.find("idempotency-key");
    if (!key) return ledger::EventId{};
    const auto visible = [](char c) { return c > ' ' && c < '\x7f'; };
    const bool legal = !key->empty() && key->size() <= idempotency_key_bytes_max &&
                       std::ranges::all_of(*key, visible) &&
                       request.headers.count("idempotency-key") == 1;
    if (!legal) {
        return ledger::invalid_field(
            "Idempotency-Key", "The Idempotency-Key must be one, of 1 to 255 visible characters.");
    }
    return NaturalKey{"idempotency"}
        .add(actor)
        .add(request.method)
        .add(request.path)
        .add(*key)
        .id();
}

std::uint64_t digest_of(std::string_view body) {
    return NaturalKey{"request"}.add(body).id().prefix();
}

std::uint64_t keyed_digest_of(std::string_view body, const ledger::vault::CredentialVault& vault) {
    // Sealing is deterministic, and its bytes tell nothing to whoever lacks the vault's key.
    return digest_of(vault.seal({{"body", std::string{body}}}, "request digest"));
}

}  // namespace ingest
