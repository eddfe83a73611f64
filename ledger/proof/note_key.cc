#include "ledger/proof/note_key.h"

#include "ledger/base/assert.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/tree_hash.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <sodium.h>

namespace ledger::proof {
namespace {

static_assert(std::tuple_size_v<VerifierKey::PublicKey> == crypto_sign_PUBLICKEYBYTES);
static_assert(std::tuple_size_v<SignerKey::Seed> == crypto_sign_SEEDBYTES);

// The signature type in front of keys.
constexpr char ed25519 = 0x01;
constexpr std::string_view private_prefix = "PRIVATE+KEY+";
constexpr std::size_t hash_digits = 8;

using KeyBytes = std::array<std::uint8_t, 32>;

const unsigned char* as_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string with_type(const KeyBytes& key) {
    std::string bytes(1, ed25519);
    bytes.append(key.begin(), key.end());
    return bytes;
}

KeyHash key_hash(const std::string& name, const KeyBytes& public_key) {
    const Hash whole = sha256(name + '\n' + with_type(public_key));
    KeyHash hash{};
    std::copy_n(whole.begin(), hash.size(), hash.begin());
    return hash;
}

std::string hex(const KeyHash& hash) {
    std::string text(2 * hash.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
}

KeyBytes public_key_of(const SignerKey::Seed& seed) {
    KeyBytes public_key{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    crypto_sign_seed_keypair(public_key.data(), secret.data(), seed.data());
    sodium_memzero(secret.data(), secret.size());
    return public_key;
}

struct KeyText {
    std::string name;
    std::string hash;  // hexadecimal
    KeyBytes key;
};

// "NAME+HASH+BASE64": base64 may hold a '+', a name may not.
Result<KeyText> split(std::string_view text) {
    const std::size_t name_end = text.find('+');
    const std::size_t hash_end = name_end == text.npos ? text.npos : text.find('+', name_end + 1);
    if (hash_end == text.npos) return invalid_field("key", "is not of the form NAME+HASH+KEY");
    KeyText parts{.name = std::string{text.substr(0, name_end)},
                  .hash = std::string{text.substr(name_end + 1, hash_end - name_end - 1)},
                  .key = {}};
    if (!is_key_name(parts.name)) return invalid_field("key", "its name is not one a key may have");
    if (parts.hash.size() != hash_digits) {
        return invalid_field("key", "its hash does not have 8 hexadecimal digits");
    }
    BOOST_OUTCOME_TRY(std::string bytes, from_base64(text.substr(hash_end + 1), "key"));
    const bool known = bytes.size() == 1 + parts.key.size() && bytes.front() == ed25519;
    if (known) std::copy(bytes.begin() + 1, bytes.end(), parts.key.begin());
    sodium_memzero(bytes.data(), bytes.size());
    if (!known) return invalid_field("key", "it is no Ed25519 key");
    return parts;
}

Error other_hash() {
    return invalid_field("key", "its hash is not that of its name and key: it was mistyped");
}

}  // namespace

bool is_key_name(std::string_view name) {
    // Beyond ASCII nothing that may be a space of Unicode's is let in: names are like URLs.
    return !name.empty() &&
           std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7f && c != '+'; });
}

VerifierKey::VerifierKey(std::string name, const PublicKey& key)
    : name_(std::move(name)), key_(key), hash_(key_hash(name_, key_)) {
    LEDGER_ASSERT(is_key_name(name_));
}

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
    BOOST_OUTCOME_TRY(KeyText parts, split(text));
    VerifierKey key{std::move(parts.name), parts.key};
    if (hex(key.hash_) != parts.hash) return other_hash();
    return key;
}

std::string VerifierKey::text() const {
    return name_ + '+' + hex(hash_) + '+' + to_base64(with_type(key_));
}

bool VerifierKey::verifies(std::string_view message, std::string_view signature) const {
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(as_bytes(signature), as_bytes(message), message.size(),
                                       key_.data()) == 0;
}

SignerKey::SignerKey(std::string name, const Seed& seed)
    : seed_(seed), verifier_(std::move(name), public_key_of(seed)) {}

Result<SignerKey> SignerKey::parse(std::string_view text) {
    if (!text.starts_with(private_prefix)) {
        return invalid_field("key", "does not begin with PRIVATE+KEY+");
    }
    BOOST_OUTCOME_TRY(KeyText parts, split(text.substr(private_prefix.size())));
    SignerKey key{std::move(parts.name), parts.key};
    sodium_memzero(parts.key.data(), parts.key.size());
    if (hex(key.verifier_.hash()) != parts.hash) return other_hash();
    return key;
}

std::string SignerKey::secret_text() const {
    return std::string{private_prefix} + verifier_.name() + '+' + hex(verifier_.hash()) + '+' +
           to_base64(with_type(seed_));
}

SignerKey::SignerKey(SignerKey&& other) noexcept
    : seed_(other.seed_), verifier_(std::move(other.verifier_)) {
    sodium_memzero(other.seed_.data(), other.seed_.size());
}

SignerKey::~SignerKey() {
    sodium_memzero(seed_.data(), seed_.size());
}

std::string SignerKey::sign(std::string_view message) const {
    KeyBytes public_key{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    crypto_sign_seed_keypair(public_key.data(), secret.data(), seed_.data());
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         as_bytes(message), message.size(), secret.data());
    sodium_memzero(secret.data(), secret.size());
    return signature;
}

}  // namespace ledger::proof
