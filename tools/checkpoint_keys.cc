#include "tools/checkpoint_keys.h"

#include "ingest/private_file.h"
#include "ledger/base/os_error.h"
#include "ledger/base/sync_directory.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <sodium.h>

namespace tools {

using boost::outcome_v2::success;
using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::proof::SignerKey;
using ledger::proof::VerifierKey;

namespace {

constexpr std::size_t keys_max = 1000;

std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find('\n'));
}

Error in_file(Error error, const std::string& path) {
    error.code = Errc::corrupt;
    error.detail = path + ": " + error.detail;
    return error;
}

Result<SignerKey> read_signer(const std::string& path) {
    BOOST_OUTCOME_TRY(const std::string text, ingest::read_private_file(path));
    auto key = SignerKey::parse(first_line(text));
    if (!key) return in_file(key.error(), path);
    return key;
}

Result<SignerKey> make_signer(const std::string& path, const std::string& name) {
    if (sodium_init() < 0) return Error{Errc::unavailable, "libsodium cannot be used", {}};
    SignerKey::Seed seed{};
    randombytes_buf(seed.data(), seed.size());
    SignerKey key{name.empty() ? fmt::format("copyledger/{:08x}", randombytes_random()) : name,
                  seed};
    sodium_memzero(seed.data(), seed.size());
    BOOST_OUTCOME_TRYV(ingest::replace_private_file(path, key.secret_text() + '\n'));
    return key;
}

}  // namespace

Result<SignerKey> open_or_create_signer(const DataPaths& paths, const std::string& name) {
    if (!name.empty() && !ledger::proof::is_key_name(name)) {
        return ledger::invalid_field("name", "is not one a key may have");
    }
    BOOST_OUTCOME_TRYV(ledger::make_directory(paths.directory));
    auto key = read_signer(paths.checkpoint_key());
    if (!key && key.error().code == Errc::not_found) {
        BOOST_OUTCOME_TRY(SignerKey made, make_signer(paths.checkpoint_key(), name));
        BOOST_OUTCOME_TRYV(trust(paths, made.verifier()));
        return made;
    }
    if (key) {
        BOOST_OUTCOME_TRYV(trust(paths, key.value().verifier()));
    }
    return key;
}

Result<std::optional<SignerKey>> next_signer(const DataPaths& paths) {
    auto key = read_signer(paths.next_checkpoint_key());
    if (!key && key.error().code == Errc::not_found) return std::optional<SignerKey>{};
    if (!key) return key.error();
    return std::optional<SignerKey>{std::move(key).value()};
}

Result<SignerKey> make_next_signer(const DataPaths& paths) {
    BOOST_OUTCOME_TRY(const auto waiting, next_signer(paths));
    if (waiting) {
        return Error{
            Errc::conflict, "a new key waits already: it takes over at the next start", {}};
    }
    BOOST_OUTCOME_TRY(const SignerKey present, open_or_create_signer(paths));
    return make_signer(paths.next_checkpoint_key(), present.verifier().name());
}

Result<void> promote_next_signer(const DataPaths& paths) {
    const std::string next = paths.next_checkpoint_key();
    if (std::rename(next.c_str(), paths.checkpoint_key().c_str()) != 0) {
        return ledger::os_error(Errc::storage_failed, "cannot put in place", next);
    }
    return ledger::sync_parent_directory(next);
}

Result<std::vector<VerifierKey>> read_verifiers(const std::string& path) {
    std::ifstream file{path};
    if (!file) return Error{Errc::not_found, "cannot read the public keys in " + path, {}};
    std::vector<VerifierKey> keys;
    for (std::string line; std::getline(file, line) && keys.size() < keys_max;) {
        if (line.empty()) continue;
        auto key = VerifierKey::parse(line);
        if (!key) return in_file(key.error(), path);
        keys.push_back(std::move(key).value());
    }
    return keys;
}

Result<void> trust(const DataPaths& paths, const VerifierKey& key) {
    auto known = read_verifiers(paths.checkpoint_keys());
    if (!known && known.error().code != Errc::not_found) return known.error();
    std::vector<VerifierKey> keys;
    if (known) keys = std::move(known).value();
    if (std::ranges::find(keys, key) != keys.end()) return success();
    keys.push_back(key);
    std::string text;
    for (const VerifierKey& each : keys) text += each.text() + '\n';
    return ingest::replace_private_file(paths.checkpoint_keys(), text);
}

}  // namespace tools
