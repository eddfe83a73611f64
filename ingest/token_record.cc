#include "ingest/token_record.h"

#include "ingest/http/request.h"
#include "ledger/base/assert.h"
#include "ledger/text/rfc3339.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <sodium.h>

namespace ingest {

namespace {

using ledger::Result;

constexpr std::array<std::pair<std::string_view, Role>, 5> role_words{{
    {"ADMIN", Role::admin},
    {"MASTER", Role::master},
    {"FOLLOWER", Role::follower},
    {"AUDITOR", Role::auditor},
    {"INGEST", Role::ingest},
}};

constexpr std::size_t id_bytes_max = 32;
constexpr std::string_view never = "-";

std::string hex_of(const TokenHash& hash) {
    std::string hex(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

std::optional<TokenHash> parse_hash(std::string_view hex) {
    TokenHash hash{};
    std::size_t count = 0;
    const int parsed =
        sodium_hex2bin(hash.data(), hash.size(), hex.data(), hex.size(), nullptr, &count, nullptr);
    const bool whole = parsed == 0 && count == hash.size() && hex.size() == 2 * hash.size();
    return whole ? std::optional{hash} : std::nullopt;
}

std::string time_text(std::int64_t time_ns) {
    return time_ns == 0 ? std::string{never} : ledger::text::format_rfc3339(time_ns);
}

std::optional<std::int64_t> parse_time(std::string_view text) {
    if (text == never) return 0;
    const auto time = ledger::text::parse_rfc3339(text);
    return time ? std::optional{time.value()} : std::nullopt;
}

bool is_id(std::string_view text) {
    const auto legal = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !text.empty() && text.size() <= id_bytes_max && std::ranges::all_of(text, legal);
}

// Cuts the text at the first `end` and returns what was before it.
std::string_view take(std::string_view& text, char end) {
    const std::size_t at = std::min(text.find(end), text.size());
    const std::string_view head = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return head;
}

std::optional<TokenRecord> parse_line(std::string_view line) {
    TokenRecord record;
    record.id = take(line, ' ');
    const auto role = parse_role(take(line, ' '));
    const auto hash = parse_hash(take(line, ' '));
    const auto created = parse_time(take(line, ' '));
    const auto revoked = parse_time(line);
    if (!is_id(record.id) || !role || !hash || !created || !revoked) return std::nullopt;
    record.role = *role;
    record.hash = *hash;
    record.created_at_ns = *created;
    record.revoked_at_ns = *revoked;
    return record;
}

}  // namespace

std::string_view to_text(Role role) {
    const auto* const found =
        std::ranges::find(role_words, role, [](const auto& word) { return word.second; });
    LEDGER_ASSERT(found != role_words.end());
    return found->first;
}

std::optional<Role> parse_role(std::string_view text) {
    const auto* const found = std::ranges::find_if(
        role_words, [&](const auto& word) { return http::equals_ignoring_case(word.first, text); });
    return found == role_words.end() ? std::nullopt : std::optional{found->second};
}

TokenHash hash_of_token(std::string_view token) {
    TokenHash hash{};
    static_assert(sizeof hash == crypto_generichash_BYTES);
    const auto* bytes = reinterpret_cast<const unsigned char*>(token.data());
    crypto_generichash(hash.data(), hash.size(), bytes, token.size(), nullptr, 0);
    return hash;
}

std::string format_tokens(std::span<const TokenRecord> records) {
    std::string text = "# id role BLAKE2b-256(token) created revoked\n";
    for (const TokenRecord& record : records) {
        text.append(record.id).append(" ").append(to_text(record.role)).append(" ");
        text.append(hex_of(record.hash)).append(" ");
        text.append(time_text(record.created_at_ns)).append(" ");
        text.append(time_text(record.revoked_at_ns)).append("\n");
    }
    return text;
}

Result<std::vector<TokenRecord>> parse_tokens(std::string_view text) {
    std::vector<TokenRecord> records;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = take(text, '\n');
        if (line.empty() || line.front() == '#') continue;
        auto record = parse_line(line);
        const bool known = record && std::ranges::count(records, record->id, &TokenRecord::id) > 0;
        if (!record || known) {
            return ledger::Error{ledger::Errc::corrupt,
                                 "line " + std::to_string(number) + " of the token file is damaged",
                                 {}};
        }
        records.push_back(std::move(*record));
    }
    return records;
}

}  // namespace ingest
