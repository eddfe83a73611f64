#include "ledger/log/checksum.h"

#include "ledger/base/assert.h"

#include <cstring>

#include <xxhash.h>

namespace ledger::log {
namespace {

Checksum canonical_of(XXH128_hash_t hash) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, hash);
    Checksum checksum;
    static_assert(sizeof(canonical.digest) == sizeof(checksum));
    std::memcpy(checksum.data(), canonical.digest, checksum.size());
    return checksum;
}

}  // namespace

Checksum checksum_of(std::string_view bytes) {
    return canonical_of(XXH3_128bits(bytes.data(), bytes.size()));
}

void ChecksumStream::Free::operator()(XXH3_state_s* state) const {
    XXH3_freeState(state);
}

ChecksumStream::ChecksumStream() : state_(XXH3_createState()) {
    LEDGER_ASSERT(state_ != nullptr);
    LEDGER_ASSERT(XXH3_128bits_reset(state_.get()) == XXH_OK);
}

void ChecksumStream::add(std::string_view bytes) {
    LEDGER_ASSERT(XXH3_128bits_update(state_.get(), bytes.data(), bytes.size()) == XXH_OK);
}

Checksum ChecksumStream::value() const {
    return canonical_of(XXH3_128bits_digest(state_.get()));
}

}  // namespace ledger::log
