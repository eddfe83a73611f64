// The Ed25519 keys of signed notes (c2sp.org/signed-note) and the texts they are kept and given
// away in, as Go's sumdb/note writes them.
#pragma once

#include "ledger/base/result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace ledger::proof {

// The first bytes of SHA-256 of name, newline, 0x01 and public key: which key signed, in short.
using KeyHash = std::array<std::uint8_t, 4>;

// Not empty, without white space, control characters and '+'.
[[nodiscard]] bool is_key_name(std::string_view name);

class VerifierKey {
  public:
    using PublicKey = std::array<std::uint8_t, 32>;

    // Requires is_key_name(name).
    VerifierKey(std::string name, const PublicKey& key);

    // "NAME+HASH+BASE64"; invalid_input says what is wrong with it.
    [[nodiscard]] static Result<VerifierKey> parse(std::string_view text);
    [[nodiscard]] std::string text() const;

    [[nodiscard]] const std::string& name() const { return name_; }

    [[nodiscard]] const KeyHash& hash() const { return hash_; }

    // Whether `signature` is this key's of `message`.
    [[nodiscard]] bool verifies(std::string_view message, std::string_view signature) const;

    friend bool operator==(const VerifierKey&, const VerifierKey&) = default;

  private:
    std::string name_;
    PublicKey key_;
    KeyHash hash_;
};

class SignerKey {
  public:
    using Seed = std::array<std::uint8_t, 32>;

    // Requires is_key_name(name). Whoever knows the seed has the key.
    SignerKey(std::string name, const Seed& seed);

    // "PRIVATE+KEY+NAME+HASH+BASE64"; invalid_input says what is wrong with it.
    [[nodiscard]] static Result<SignerKey> parse(std::string_view text);
    // The secret itself: for a file that nobody else may read.
    [[nodiscard]] std::string secret_text() const;

    SignerKey(SignerKey&& other) noexcept;
    SignerKey& operator=(SignerKey&&) = delete;
    SignerKey(const SignerKey&) = delete;
    SignerKey& operator=(const SignerKey&) = delete;
    ~SignerKey();  // wipes the seed

    [[nodiscard]] const VerifierKey& verifier() const { return verifier_; }

    // 64 bytes; the same for the same message.
    [[nodiscard]] std::string sign(std::string_view message) const;

  private:
    Seed seed_;
    VerifierKey verifier_;
};

}  // namespace ledger::proof
