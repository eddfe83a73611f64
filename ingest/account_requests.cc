#include "ingest/account_requests.h"

#include "ingest/body_fields.h"
#include "ingest/credentials.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ingest {

namespace {

using boost::outcome_v2::success;
using ledger::AccountRole;
using ledger::Errc;
using ledger::Error;
using ledger::invalid_field;
using ledger::Result;

// An account is opened or changed by one command, its limits are set by another.
Result<void> refuse_limits(const ledger::text::JsonValue& body) {
    constexpr std::array<std::string_view, 4> beginnings{"max_", "allowed_", "lot_multiplier",
                                                         "on_limit"};
    for (const auto& [name, value] : body.members()) {
        const auto begins_it = [&name = name](std::string_view beginning) {
            return name.starts_with(beginning);
        };
        if (std::ranges::any_of(beginnings, begins_it))
            return invalid_field(name, "is set by POST /api/followers/risk-config");
    }
    return success();
}

// The account's code at its broker, under any of its names.
Result<std::optional<std::string>> read_broker_account(const BodyFields& fields) {
    std::optional<std::string> code;
    for (const std::string_view name :
         {"broker_account", "blaze_account_id", "iifl_customer_code"}) {
        BOOST_OUTCOME_TRY(auto given, fields.code(name));
        if (!given) continue;
        if (code && *code != *given) {
            return invalid_field(std::string{name}, "contradicts the other name for the same code");
        }
        code = std::move(given);
    }
    return code;
}

// Masters are found by their code, followers by their username: each the other's default.
Result<void> read_identity(const ApiContext& context, const BodyFields& fields,
                           ledger::AccountIdentity& identity) {
    BOOST_OUTCOME_TRY(const auto broker_name, fields.text("broker", code_bytes_max));
    BOOST_OUTCOME_TRY(Broker broker, find_broker(context, broker_name));
    identity.broker = std::move(broker.name);
    BOOST_OUTCOME_TRY(auto code, read_broker_account(fields));
    BOOST_OUTCOME_TRY(auto username, fields.code("username"));
    if (identity.role == AccountRole::master && !code) {
        return invalid_field("blaze_account_id", "is required (or broker_account)");
    }
    if (identity.role == AccountRole::follower && !username) {
        return invalid_field("username", "is required");
    }
    identity.broker_account = code ? *code : *username;
    identity.username = username ? *username : *code;
    return success();
}

// Nobody is called what a sealed text looks like.
Result<std::optional<std::string>> read_personal(const BodyFields& fields, std::string_view name) {
    BOOST_OUTCOME_TRY(auto text, fields.text(name));
    if (text && text->starts_with(ledger::vault::sealed_beginning)) {
        return invalid_field(std::string{name}, "must not begin with \"sealed:\"");
    }
    return text;
}

// Both kinds of account take both names.
Result<std::optional<std::string>> read_name(const BodyFields& fields, AccountRole role) {
    const bool master = role == AccountRole::master;
    BOOST_OUTCOME_TRY(auto name, read_personal(fields, master ? "master_name" : "name"));
    if (name) return name;
    return read_personal(fields, master ? "name" : "master_name");
}

Error unchangeable(std::string_view field) {
    return Error{Errc::not_allowed, "An account's " + std::string{field} + " never changes.",
                 std::string{field}};
}

Result<void> check_identity(const AccountRow& account, const BodyFields& fields) {
    BOOST_OUTCOME_TRY(const auto broker, fields.text("broker", code_bytes_max));
    if (broker && *broker != account.broker) return unchangeable("broker");
    BOOST_OUTCOME_TRY(const auto code, read_broker_account(fields));
    if (code && *code != account.broker_account) return unchangeable("broker_account");
    BOOST_OUTCOME_TRY(const auto username, fields.code("username"));
    if (username && *username != account.username) return unchangeable("username");
    return success();
}

}  // namespace

Result<NewAccount> read_new_account(const ApiContext& context, AccountRole role,
                                    const ledger::text::JsonValue& body) {
    const BodyFields fields{body};
    BOOST_OUTCOME_TRY(refuse_limits(body));
    NewAccount account;
    ledger::OpenAccount& open = account.open;
    open.identity.role = role;
    BOOST_OUTCOME_TRY(auto name, read_name(fields, role));
    if (!name && role == AccountRole::master) return invalid_field("master_name", "is required");
    BOOST_OUTCOME_TRY(read_identity(context, fields, open.identity));
    open.profile.name = name ? std::move(*name) : open.identity.username;
    BOOST_OUTCOME_TRY(auto email, read_personal(fields, "email"));
    open.profile.email = std::move(email).value_or("");
    BOOST_OUTCOME_TRY(const auto ratio, fields.ratio("scaling_factor"));
    open.profile.scaling_factor = ratio.value_or(ledger::Ratio{});
    BOOST_OUTCOME_TRY(const auto enabled, fields.boolean("enabled"));
    open.profile.enabled = enabled.value_or(true);
    BOOST_OUTCOME_TRY(account.credentials, read_credentials(fields));
    return account;
}

Result<AccountChange> read_account_change(AccountRole role, const AccountRow& account,
                                          const ledger::text::JsonValue& body) {
    const BodyFields fields{body};
    BOOST_OUTCOME_TRY(refuse_limits(body));
    BOOST_OUTCOME_TRY(check_identity(account, fields));
    BOOST_OUTCOME_TRY(check_pairs(fields));
    AccountChange asked;
    ledger::ChangeAccount& change = asked.change;
    change.account = account.number;
    BOOST_OUTCOME_TRY(change.name, read_name(fields, role));
    BOOST_OUTCOME_TRY(change.email, read_personal(fields, "email"));
    BOOST_OUTCOME_TRY(change.scaling_factor, fields.ratio("scaling_factor"));
    BOOST_OUTCOME_TRY(change.enabled, fields.boolean("enabled"));
    BOOST_OUTCOME_TRY(asked.credentials, read_credentials(fields));
    return asked;
}

}  // namespace ingest
