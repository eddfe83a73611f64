#include "ingest/tokens.h"

#include <algorithm>
#include <array>
#include <utility>

#include <sodium.h>

namespace ingest {

namespace {

using boost::outcome_v2::success;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::string_view token_prefix = "cl_";
constexpr std::size_t token_random_bytes = 32;
constexpr std::size_t token_bytes_max = 128;  // of what a caller shows
constexpr std::size_t id_random_bytes = 6;

std::string random_token() {
    std::array<unsigned char, token_random_bytes> secret{};
    randombytes_buf(secret.data(), secret.size());
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::array<char, sodium_base64_ENCODED_LEN(token_random_bytes, variant)> text{};
    sodium_bin2base64(text.data(), text.size(), secret.data(), secret.size(), variant);
    sodium_memzero(secret.data(), secret.size());
    return std::string{token_prefix}.append(text.data());
}

std::string random_id() {
    std::array<unsigned char, id_random_bytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 2 * id_random_bytes + 1> text{};
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return text.data();
}

}  // namespace

TokenStore::TokenStore(std::string directory, const ledger::Clock& clock)
    : directory_(std::move(directory)), path_(directory_ + "/tokens"), clock_(&clock) {}

Result<TokenStore> TokenStore::open(const std::string& directory, const ledger::Clock& clock) {
    if (sodium_init() < 0) return Error{Errc::unavailable, "libsodium cannot be used", {}};
    TokenStore store{directory, clock};
    BOOST_OUTCOME_TRY(store.load());
    return store;
}

TokenStore::Drawn TokenStore::draw(Role role) const {
    Drawn drawn;
    drawn.token.id = random_id();
    drawn.token.token = random_token();
    drawn.record.id = drawn.token.id;
    drawn.record.role = role;
    drawn.record.hash = hash_of_token(drawn.token.token);
    drawn.record.created_at_ns = clock_->now_ns();
    return drawn;
}

Result<NewToken> TokenStore::create(Role role) {
    BOOST_OUTCOME_TRY(const auto lock, lock_private_file(path_ + ".lock"));
    BOOST_OUTCOME_TRY(load());
    if (records_.size() >= tokens_max) {
        return Error{Errc::not_allowed, "there are as many tokens as there may be", {}};
    }
    Drawn drawn = draw(role);
    records_.push_back(std::move(drawn.record));
    BOOST_OUTCOME_TRY(store());
    return std::move(drawn.token);
}

Result<void> TokenStore::revoke(std::string_view id) {
    BOOST_OUTCOME_TRY(const auto lock, lock_private_file(path_ + ".lock"));
    BOOST_OUTCOME_TRY(load());
    const auto found = std::ranges::find(records_, id, &TokenRecord::id);
    if (found == records_.end()) return Error{Errc::not_found, "there is no such token", "id"};
    if (found->revoked_at_ns != 0) return success();
    found->revoked_at_ns = std::max<std::int64_t>(clock_->now_ns(), 1);
    return store();
}

Result<std::optional<std::string>> TokenStore::ensure_admin_token() {
    BOOST_OUTCOME_TRY(const auto lock, lock_private_file(path_ + ".lock"));
    BOOST_OUTCOME_TRY(load());
    if (!records_.empty()) return std::optional<std::string>{};
    Drawn drawn = draw(Role::admin);
    // In this order: a crash between the two leaves no token at all, and the next start makes both.
    const std::string path = directory_ + "/admin.token";
    BOOST_OUTCOME_TRY(replace_private_file(path, drawn.token.token + "\n"));
    records_.push_back(std::move(drawn.record));
    BOOST_OUTCOME_TRY(store());
    return std::optional{path};
}

std::optional<Caller> TokenStore::verify(std::string_view token) {
    if (token.empty() || token.size() > token_bytes_max) return std::nullopt;
    const std::int64_t now_ns = clock_->now_ns();
    // The clock may step backwards.
    if (now_ns - checked_at_ns_ >= recheck_period_ns || now_ns < checked_at_ns_) {
        checked_at_ns_ = now_ns;
        reload_if_changed();
    }
    const TokenHash hash = hash_of_token(token);
    auto caller = find(hash);
    if (!caller && reload_if_changed()) caller = find(hash);
    return caller;
}

bool TokenStore::reload_if_changed() {
    if (stamp_of(path_) == stamp_) return false;
    const auto loaded = load();
    // A file that cannot be trusted lets nobody in; one that cannot be read now (descriptors may
    // be short) leaves things as they were.
    if (!loaded && loaded.error().code != Errc::unavailable) records_.clear();
    return true;
}

Result<void> TokenStore::load() {
    // Taken before the file is read: one put in place meanwhile is seen at the next look.
    const FileStamp stamp = stamp_of(path_);
    const auto bytes = read_private_file(path_);
    if (!bytes && bytes.error().code != Errc::not_found) return bytes.error();
    std::vector<TokenRecord> records;
    if (bytes) {
        BOOST_OUTCOME_TRY(records, parse_tokens(bytes.value()));
    }
    records_ = std::move(records);
    stamp_ = stamp;
    return success();
}

Result<void> TokenStore::store() {
    BOOST_OUTCOME_TRY(replace_private_file(path_, format_tokens(records_)));
    stamp_ = stamp_of(path_);
    return success();
}

std::optional<Caller> TokenStore::find(const TokenHash& hash) const {
    const TokenRecord* found = nullptr;
    for (const TokenRecord& record : records_) {
        const bool same = sodium_memcmp(record.hash.data(), hash.data(), hash.size()) == 0;
        if (same && record.revoked_at_ns == 0) found = &record;
    }
    if (found == nullptr) return std::nullopt;
    return Caller{found->id, found->role};
}

}  // namespace ingest
