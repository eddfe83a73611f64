#include "ingest/credentials.h"

#include <array>
#include <utility>

namespace ingest {

namespace {

using ledger::invalid_field;
using ledger::Result;
using ledger::vault::Credentials;

struct FlatName {
    std::string_view field;
    std::string_view key;
    std::string_view partner;  // the field without which it is of no use
};

constexpr std::array<FlatName, 4> flat_names{{
    {"blaze_api_key", "appKey", "blaze_api_secret"},
    {"blaze_api_secret", "secretKey", "blaze_api_key"},
    {"iifl_user_id", "userId", "iifl_password"},
    {"iifl_password", "password", "iifl_user_id"},
}};

Result<void> read_object(const BodyFields& fields, Credentials& out) {
    BOOST_OUTCOME_TRY(const auto object, fields.object("credentials"));
    if (!object) return boost::outcome_v2::success();
    const auto& members = (*object)->members();
    if (members.size() > credentials_max) {
        return invalid_field("credentials", "must not hold more than " +
                                                std::to_string(credentials_max) + " members");
    }
    const BodyFields inner{**object};
    for (const auto& [name, value] : members) {
        if (name.empty() || name.size() > code_bytes_max || !is_printable(name)) {
            return invalid_field("credentials", "must have names of 1 to 64 bytes");
        }
        auto text = inner.text(name, credential_bytes_max);
        if (!text) return invalid_field("credentials." + name, text.error().detail);
        if (text.value()) out[name] = std::move(*text.value());
    }
    return boost::outcome_v2::success();
}

}  // namespace

std::string credential_context(std::string_view broker, std::string_view broker_account) {
    // Neither holds a control character.
    return std::string{broker}.append("\n").append(broker_account);
}

Result<MaybeCredentials> read_credentials(const BodyFields& fields) {
    Credentials out;
    BOOST_OUTCOME_TRY(read_object(fields, out));
    for (const FlatName& flat : flat_names) {
        BOOST_OUTCOME_TRY(auto text, fields.text(flat.field, credential_bytes_max));
        if (!text) continue;
        const bool added = out.emplace(flat.key, std::move(*text)).second;
        if (!added) return invalid_field(std::string{flat.field}, "is in credentials, too");
    }
    return out.empty() ? MaybeCredentials{} : MaybeCredentials{std::move(out)};
}

Result<void> check_pairs(const BodyFields& fields) {
    for (const FlatName& flat : flat_names) {
        if (fields.has(flat.field) && !fields.has(flat.partner)) {
            return invalid_field(std::string{flat.partner},
                                 "is required: credentials are replaced as a whole");
        }
    }
    return boost::outcome_v2::success();
}

std::string last_four(std::string_view secret) {
    constexpr std::size_t shown = 4;
    constexpr std::size_t length_min = 8;
    if (secret.size() < length_min) return {};
    const std::string_view tail = secret.substr(secret.size() - shown);
    // A tail that begins in the middle of a character would be no text.
    for (const char c : tail) {
        if (c <= ' ' || c > '~') return {};
    }
    return std::string{tail};
}

std::string hint_of(const Credentials& credentials) {
    for (const std::string_view key : {"appKey", "api_key", "apiKey", "userId", "client_id"}) {
        const auto found = credentials.find(std::string{key});
        if (found != credentials.end()) return last_four(found->second);
    }
    return {};
}

}  // namespace ingest
