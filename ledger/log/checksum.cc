#include "ledger/log/checksum.h"

#include <cstring>

#include <xxhash.h>

namespace ledger::log {

Checksum checksum_of(std::string_view bytes) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
    Checksum checksum;
    static_assert(sizeof(canonical.digest) == sizeof(checksum));
    std::memcpy(checksum.data(), canonical.digest, checksum.size());
    return checksum;
}

}  // namespace ledger::log
