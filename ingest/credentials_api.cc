// POST /api/followers/credentials: a follower's key and token, as brokers with one of each give
// them out. Replaces what was on file.
#include "ingest/account_requests.h"
#include "ingest/account_rows.h"
#include "ingest/account_sealing.h"
#include "ingest/body_fields.h"
#include "ingest/credentials.h"
#include "ingest/resources.h"
#include "ledger/text/json_writer.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ingest {

namespace {

using ledger::Result;

// Under which keys an adapter looks for the three.
struct KeyNames {
    std::string_view client_id;
    std::string_view api_key;
    std::string_view access_token;
};

KeyNames key_names(std::string_view adapter) {
    if (adapter == "xts") return {"userId", "appKey", "secretKey"};
    return {"client_id", "api_key", "access_token"};
}

struct FollowerSecrets {
    std::string follower;
    std::optional<std::string> client_id;
    std::string api_key;
    std::string access_token;
};

Result<FollowerSecrets> read_secrets(const ledger::text::JsonValue& body) {
    const BodyFields fields{body};
    FollowerSecrets out;
    BOOST_OUTCOME_TRY(out.follower, required("followerId", fields.code("followerId")));
    BOOST_OUTCOME_TRY(out.client_id, fields.code("clientId"));
    BOOST_OUTCOME_TRY(out.api_key, required("apiKey", fields.text("apiKey", credential_bytes_max)));
    BOOST_OUTCOME_TRY(out.access_token,
                      required("accessToken", fields.text("accessToken", credential_bytes_max)));
    return out;
}

Result<AccountChange> change_of(const ApiContext& context, const AccountRow& account,
                                const FollowerSecrets& secrets) {
    BOOST_OUTCOME_TRY(const Broker broker, find_broker(context, account.broker));
    const KeyNames names = key_names(broker.adapter);
    ledger::vault::Credentials credentials;
    if (secrets.client_id) credentials.emplace(names.client_id, *secrets.client_id);
    credentials.emplace(names.api_key, secrets.api_key);
    credentials.emplace(names.access_token, secrets.access_token);
    AccountChange asked;
    asked.change.account = account.number;
    asked.credentials = std::move(credentials);
    return asked;
}

std::string masked(std::string_view secret) {
    return "****" + last_four(secret);
}

std::string answer_text(const AccountRow& account, const FollowerSecrets& secrets) {
    std::string body;
    ledger::text::JsonWriter json{body};
    json.begin_object();
    json.member_integer("followerId", account.number.value());
    if (secrets.client_id) json.member("clientId", masked(*secrets.client_id));
    json.member("apiKey", masked(secrets.api_key));
    json.member("accessToken", masked(secrets.access_token));
    json.end_object();
    return body;
}

Answered put_credentials(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(const FollowerSecrets secrets, read_secrets(call.body));
    auto id = AccountId{ledger::AccountRole::follower, secrets.follower, "followerId"};
    BOOST_OUTCOME_CO_TRY(const AccountRow account, co_await find_account(context, std::move(id)));
    BOOST_OUTCOME_CO_TRY(auto asked, change_of(context, account, secrets));
    BOOST_OUTCOME_CO_TRY(const auto known, co_await find_recorded(context, account));
    BOOST_OUTCOME_CO_TRY(auto change, sealed(context, known, std::move(asked)));
    auto command = command_of(call, std::move(change));
    BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
    co_return http::json_response(200, answer_text(account, secrets));
}

}  // namespace

void add_credential_routes(Routes& routes) {
    routes.add("POST", "/api/followers/credentials", Access::administer, put_credentials);
}

}  // namespace ingest
