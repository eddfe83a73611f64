#include "ledger/vault/credential_vault.h"

#include "ledger/base/assert.h"
#include "ledger/base/byte_buffer.h"
#include "ledger/base/os_error.h"
#include "ledger/base/sync_directory.h"
#include "ledger/base/unique_fd.h"

#include <cerrno>
#include <cstddef>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

// Sealed bytes: format version (1), nonce (24), XChaCha20-Poly1305 ciphertext with its tag (16).
// The version and the context are authenticated with it. The nonce is a keyed BLAKE2b of context
// and plaintext (a synthetic IV): what it gives away is only that two contents are equal.
namespace ledger::vault {
namespace {

constexpr char format_version = 1;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t header_bytes = 1 + nonce_bytes;

using Key = std::array<std::uint8_t, 32>;
static_assert(sizeof(Key) == crypto_kdf_KEYBYTES);
static_assert(sizeof(Key) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(nonce_bytes >= crypto_generichash_BYTES_MIN);

// DO NOT CHANGE: the keys with which stored credentials are sealed are derived by these.
constexpr std::array<char, crypto_kdf_CONTEXTBYTES> key_context{'c', 'p', 'l', 'g',
                                                                'v', 'l', 't', '1'};
enum class Purpose : std::uint64_t { nonce = 1, sealing = 2 };

// Wipes a buffer that held secrets at the end of its life. It must not grow: that leaves a copy.
template <class Buffer>
class WipeAtEnd {
  public:
    explicit WipeAtEnd(Buffer& buffer) : buffer_(buffer) {}

    WipeAtEnd(const WipeAtEnd&) = delete;
    WipeAtEnd& operator=(const WipeAtEnd&) = delete;

    ~WipeAtEnd() { sodium_memzero(buffer_.data(), buffer_.size()); }

  private:
    Buffer& buffer_;
};

void derive(const Key& master, Purpose purpose, Key& out) {
    const int done =
        crypto_kdf_derive_from_key(out.data(), out.size(), static_cast<std::uint64_t>(purpose),
                                   key_context.data(), master.data());
    LEDGER_ASSERT(done == 0);
}

unsigned char* as_bytes(char* text) {
    return reinterpret_cast<unsigned char*>(text);
}

const unsigned char* as_bytes(const char* text) {
    return reinterpret_cast<const unsigned char*>(text);
}

std::size_t encoded_size(const Credentials& credentials) {
    constexpr std::size_t length_bytes = sizeof(std::uint32_t);
    std::size_t size = length_bytes;
    for (const auto& [name, value] : credentials) {
        size += 2 * length_bytes + name.size() + value.size();
    }
    return size;
}

void encode(const Credentials& credentials, ByteWriter& out) {
    out.bytes().reserve(encoded_size(credentials));
    out.integer(static_cast<std::uint32_t>(credentials.size()));
    for (const auto& [name, value] : credentials) {
        out.text(name);
        out.text(value);
    }
    LEDGER_ASSERT(out.bytes().size() == encoded_size(credentials));
}

std::optional<Credentials> decode(std::string_view plaintext) {
    ByteReader reader{plaintext};
    Credentials credentials;
    const auto count = reader.integer<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && reader.ok(); ++i) {
        std::string name = reader.text();
        credentials.insert_or_assign(std::move(name), reader.text());
    }
    if (!reader.finished()) return std::nullopt;
    return credentials;
}

std::string authenticated_part(std::string_view context) {
    return std::string(1, format_version).append(context);
}

void derive_nonce(const Key& master, std::string_view context, std::string_view plaintext,
                  unsigned char* nonce) {
    Key key{};
    const WipeAtEnd wipe_key{key};
    derive(master, Purpose::nonce, key);
    // The context's length in front: no two pairs of context and plaintext give one input.
    ByteWriter length;
    length.integer(std::uint64_t{context.size()});
    crypto_generichash_state state;
    crypto_generichash_init(&state, key.data(), key.size(), nonce_bytes);
    for (const std::string_view part : {std::string_view{length.bytes()}, context, plaintext}) {
        crypto_generichash_update(&state, as_bytes(part.data()), part.size());
    }
    crypto_generichash_final(&state, nonce, nonce_bytes);
    sodium_memzero(&state, sizeof state);
}

Error not_ours() {
    return Error{Errc::corrupt, "the credentials were not sealed by this key for this account", {}};
}

// ---- the key file

// Under a name nobody else draws, so that `path` only ever names a whole key.
Result<void> write_new_key(const std::string& temporary) {
    const UniqueFd fd{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (!fd.valid()) return os_error(Errc::unavailable, "cannot create the key file", temporary);
    Key key{};
    const WipeAtEnd wipe_key{key};
    randombytes_buf(key.data(), key.size());
    const ssize_t count = ::write(fd.get(), key.data(), key.size());
    if (count != static_cast<ssize_t>(key.size()) || ::fsync(fd.get()) != 0) {
        return os_error(Errc::storage_failed, "cannot write the key file", temporary);
    }
    return boost::outcome_v2::success();
}

Result<void> create_key_file(const std::string& path) {
    const std::string temporary = path + ".new-" + std::to_string(randombytes_random()) +
                                  std::to_string(randombytes_random());
    Result<void> result = write_new_key(temporary);
    // EEXIST: another process was faster; its key is the one.
    if (result && ::link(temporary.c_str(), path.c_str()) != 0 && errno != EEXIST) {
        result = os_error(Errc::storage_failed, "cannot put in place the key file", path);
    }
    ::unlink(temporary.c_str());
    BOOST_OUTCOME_TRYV(std::move(result));
    return sync_parent_directory(path);
}

Result<void> check_key_file(int fd, const std::string& path) {
    struct stat status {};

    if (::fstat(fd, &status) != 0) return os_error(Errc::unavailable, "cannot examine", path);
    if (!S_ISREG(status.st_mode)) {
        return Error{Errc::not_allowed, "the key file " + path + " is not a regular file", {}};
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return Error{Errc::not_allowed,
                     "the key file " + path + " is open to other users: make it mode 0600",
                     {}};
    }
    if (status.st_size != static_cast<off_t>(sizeof(Key))) {
        return Error{Errc::corrupt, "the key file " + path + " does not hold a key", {}};
    }
    return boost::outcome_v2::success();
}

}  // namespace

Result<CredentialVault> CredentialVault::open_or_create(const std::string& key_path) {
    auto present = open_existing(key_path);
    if (present || present.error().code != Errc::not_found) return present;
    BOOST_OUTCOME_TRYV(create_key_file(key_path));
    return open_existing(key_path);
}

Result<CredentialVault> CredentialVault::open_existing(const std::string& key_path) {
    if (sodium_init() < 0) return Error{Errc::unavailable, "libsodium cannot be used", {}};
    const UniqueFd fd{::open(key_path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!fd.valid() && errno == ENOENT) {
        return Error{Errc::not_found, "there is no key file " + key_path, {}};
    }
    if (!fd.valid()) return os_error(Errc::unavailable, "cannot open the key file", key_path);
    BOOST_OUTCOME_TRYV(check_key_file(fd.get(), key_path));
    CredentialVault vault;
    const ssize_t count = ::read(fd.get(), vault.key_.data(), vault.key_.size());
    if (count != static_cast<ssize_t>(vault.key_.size())) {
        return os_error(Errc::unavailable, "cannot read the key file", key_path);
    }
    return vault;
}

CredentialVault::CredentialVault(CredentialVault&& other) noexcept : key_(other.key_) {
    sodium_memzero(other.key_.data(), other.key_.size());
}

CredentialVault::~CredentialVault() {
    sodium_memzero(key_.data(), key_.size());
}

std::string CredentialVault::seal(const Credentials& credentials, std::string_view context) const {
    if (credentials.empty()) return {};
    ByteWriter writer;
    const std::string& plaintext = writer.bytes();
    const WipeAtEnd wipe_plaintext{writer.bytes()};
    encode(credentials, writer);
    Key key{};
    const WipeAtEnd wipe_key{key};
    derive(key_, Purpose::sealing, key);
    const std::string authenticated = authenticated_part(context);

    std::string sealed(header_bytes + plaintext.size() + tag_bytes, '\0');
    sealed[0] = format_version;
    unsigned char* nonce = as_bytes(sealed.data()) + 1;
    derive_nonce(key_, context, plaintext, nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(as_bytes(sealed.data()) + header_bytes, nullptr,
                                               as_bytes(plaintext.data()), plaintext.size(),
                                               as_bytes(authenticated.data()), authenticated.size(),
                                               nullptr, nonce, key.data());
    return sealed;
}

Result<Credentials> CredentialVault::open(std::string_view sealed, std::string_view context) const {
    if (sealed.empty()) return Credentials{};
    if (sealed.size() < header_bytes + tag_bytes || sealed[0] != format_version) return not_ours();
    Key key{};
    const WipeAtEnd wipe_key{key};
    derive(key_, Purpose::sealing, key);
    const std::string authenticated = authenticated_part(context);

    std::string plaintext;
    const WipeAtEnd wipe_plaintext{plaintext};
    plaintext.resize(sealed.size() - header_bytes - tag_bytes);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        as_bytes(plaintext.data()), nullptr, nullptr, as_bytes(sealed.data()) + header_bytes,
        sealed.size() - header_bytes, as_bytes(authenticated.data()), authenticated.size(),
        as_bytes(sealed.data()) + 1, key.data());
    if (opened != 0) return not_ours();
    auto credentials = decode(plaintext);
    if (!credentials) return not_ours();
    return std::move(*credentials);
}

}  // namespace ledger::vault
