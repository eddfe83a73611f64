// The lines of the token file: who may ask, by a hash of the secret they show.
#pragma once

#include "ledger/base/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ingest {

enum class Role : std::uint8_t {
    admin,
    master,
    follower,
    auditor,  // reads everything, changes nothing
    ingest,   // posts master events only
};

[[nodiscard]] std::string_view to_text(Role role);  // ADMIN, MASTER, ...
// In any case of letters.
[[nodiscard]] std::optional<Role> parse_role(std::string_view text);

// BLAKE2b-256 of the whole token. A token has 256 random bits, so the hash needs neither salt nor
// work to be of no use to whoever reads the file.
using TokenHash = std::array<std::uint8_t, 32>;
[[nodiscard]] TokenHash hash_of_token(std::string_view token);

struct TokenRecord {
    std::string id;  // for people: not secret, stands in the log as the actor
    Role role = Role::auditor;
    TokenHash hash{};
    std::int64_t created_at_ns = 0;
    std::int64_t revoked_at_ns = 0;  // 0: it is good

    friend bool operator==(const TokenRecord&, const TokenRecord&) = default;
};

// A line each: id, role, hash in hex, and two times of RFC 3339, "-" for never; one blank between.
// Lines that start with '#' are comments.
[[nodiscard]] std::string format_tokens(std::span<const TokenRecord> records);
// corrupt, naming the line, where one is not as above or an id stands twice.
[[nodiscard]] ledger::Result<std::vector<TokenRecord>> parse_tokens(std::string_view text);

}  // namespace ingest
