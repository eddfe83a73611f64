#include "ledger/proof/base64.h"

#include <algorithm>
#include <cstddef>

#include <sodium.h>

namespace ledger::proof {
namespace {

constexpr int variant = sodium_base64_VARIANT_ORIGINAL;

}  // namespace

std::string to_base64(std::span<const std::uint8_t> bytes) {
    // With room for the terminating zero that libsodium writes.
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();
    return text;
}

std::string to_base64(std::string_view bytes) {
    return to_base64(std::span{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

Result<std::string> from_base64(std::string_view text, std::string_view field) {
    std::string bytes(text.size() / 4 * 3, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    // It refuses bits set beyond the content and missing padding itself.
    const int done = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                       text.data(), text.size(), nullptr, &size, &end, variant);
    if (done != 0 || end != text.data() + text.size()) {
        return invalid_field(std::string{field}, "is not base64 as RFC 4648 writes it");
    }
    bytes.resize(size);
    return bytes;
}

Result<Hash> hash_from_base64(std::string_view text, std::string_view field) {
    BOOST_OUTCOME_TRY(const std::string bytes, from_base64(text, field));
    Hash hash{};
    if (bytes.size() != hash.size()) {
        return invalid_field(std::string{field},
                             "a hash has 32 bytes, this has " + std::to_string(bytes.size()));
    }
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

}  // namespace ledger::proof
