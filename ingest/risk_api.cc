// The limits of a follower, of a master and of the whole ledger.
#include "ingest/account_settings.h"
#include "ingest/ask_state.h"
#include "ingest/body_fields.h"
#include "ingest/change_turn.h"
#include "ingest/ledger_lookup.h"
#include "ingest/resources.h"
#include "ingest/risk_limits.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace ingest {

namespace {

using ledger::AccountNumber;
using ledger::AccountRole;
using ledger::Result;
using ledger::replication::Account;
using ledger::replication::State;
using ledger::text::JsonWriter;

// Whose limits: without an account those of the whole ledger.
using Place = std::optional<AccountName>;

std::string_view id_field(AccountRole role) {
    return role == AccountRole::master ? "masterId" : "followerId";
}

// 0 for the whole ledger.
Result<AccountNumber> find_place(const State& state, const Place& place) {
    if (!place) return AccountNumber{};
    BOOST_OUTCOME_TRY(const Account* account, find_account(state, *place));
    return account->number;
}

const ledger::replication::RiskDesk& desk_of(const State& state, AccountNumber account) {
    const Account* found = state.account(account);
    return found == nullptr ? state.risk : found->risk;
}

std::string config_text(const State& state, AccountNumber number) {
    std::string body;
    JsonWriter json{body};
    json.begin_object();
    if (const Account* account = state.account(number)) {
        json.member_integer(id_field(account->identity.role), number.value());
        json.member("username", account->identity.username);
        json.member_boolean("enabled", account->profile.enabled);
        if (account->identity.role == AccountRole::follower) {
            json.member("lot_multiplier", ledger::to_text(account->profile.scaling_factor));
        }
    }
    const auto& desk = desk_of(state, number);
    json.member_boolean("halted", desk.halted);
    write_limits(json, desk.limits);
    json.end_object();
    return body;
}

Answered answer_config(ApiContext& context, Place place) {
    auto question = [place = std::move(place)](const State& state) -> Result<std::string> {
        BOOST_OUTCOME_TRY(const AccountNumber number, find_place(state, place));
        return config_text(state, number);
    };
    BOOST_OUTCOME_CO_TRY(auto body,
                         co_await ask_state<std::string>(context.queries, std::move(question)));
    co_return http::json_response(200, std::move(body));
}

struct RiskRequest {
    std::optional<ledger::RiskLimits> limits;  // as they shall be; nothing: they stay
    std::optional<ledger::Ratio> lot_multiplier;
    std::optional<bool> enabled;
};

struct PlaceFound {
    AccountNumber account;
    ledger::RiskLimits limits;
};

// The fields besides the limits.
std::span<const std::string_view> other_fields(const Place& place) {
    static constexpr std::array<std::string_view, 3> follower{"followerId", "lot_multiplier",
                                                              "enabled"};
    static constexpr std::array<std::string_view, 2> master{"masterId", "enabled"};
    if (!place) return {};
    if (place->role == AccountRole::master) return master;
    return follower;
}

Result<RiskRequest> read_request(const ledger::text::JsonValue& body, const Place& place,
                                 const ledger::RiskLimits& present) {
    BOOST_OUTCOME_TRY(refuse_unknown(body, limit_names_and(other_fields(place))));
    const BodyFields fields{body};
    RiskRequest request;
    BOOST_OUTCOME_TRY(request.lot_multiplier, fields.ratio("lot_multiplier"));
    BOOST_OUTCOME_TRY(request.enabled, fields.boolean("enabled"));
    if (names_limits(body)) {
        request.limits = present;
        BOOST_OUTCOME_TRY(change_limits(fields, *request.limits));
    }
    return request;
}

asio::awaitable<Result<PlaceFound>> present_limits(ApiContext& context, Place place) {
    auto question = [place = std::move(place)](const State& state) -> Result<PlaceFound> {
        PlaceFound found;
        BOOST_OUTCOME_TRY(found.account, find_place(state, place));
        found.limits = desk_of(state, found.account).limits;
        return found;
    };
    co_return co_await ask_state<PlaceFound>(context.queries, std::move(question));
}

asio::awaitable<Result<void>> change_account(ApiContext& context, const Call& call,
                                             const RiskRequest& request, AccountNumber account) {
    if (!request.lot_multiplier && !request.enabled) co_return boost::outcome_v2::success();
    ledger::ChangeAccount change;
    change.account = account;
    change.scaling_factor = request.lot_multiplier;
    change.enabled = request.enabled;
    // The caller's key goes to the first command.
    auto command = request.limits ? part_of(call, "account", std::move(change))
                                  : command_of(call, std::move(change));
    BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
    if (!request.lot_multiplier) co_return boost::outcome_v2::success();
    const RatioChange ratios{account, std::nullopt, *request.lot_multiplier};
    co_return co_await change_ratios(context, call, ratios);
}

Answered set_config(ApiContext& context, Call& call, Place place) {
    BOOST_OUTCOME_CO_TRY(const ChangeTurn turn, co_await take_turn(context.settings_taken));
    BOOST_OUTCOME_CO_TRY(const PlaceFound found, co_await present_limits(context, place));
    BOOST_OUTCOME_CO_TRY(const RiskRequest request, read_request(call.body, place, found.limits));
    if (request.limits) {
        auto command = command_of(call, ledger::SetRiskLimits{found.account, *request.limits});
        BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
    }
    BOOST_OUTCOME_CO_TRY(co_await change_account(context, call, request, found.account));
    co_return co_await answer_config(context, std::move(place));
}

template <AccountRole role>
Answered set_account_config(ApiContext& context, Call& call) {
    const std::string field{id_field(role)};
    const BodyFields fields{call.body};
    BOOST_OUTCOME_CO_TRY(auto id, required(field, fields.code(field)));
    Place place = AccountName{role, std::move(id), field};
    co_return co_await set_config(context, call, std::move(place));
}

template <AccountRole role>
Answered get_account_config(ApiContext& context, Call& call) {
    Place place = AccountName{role, call.request.path_param("id"), "id"};
    co_return co_await answer_config(context, std::move(place));
}

Answered set_global_config(ApiContext& context, Call& call) {
    return set_config(context, call, std::nullopt);
}

Answered get_global_config(ApiContext& context, Call&) {
    return answer_config(context, std::nullopt);
}

}  // namespace

void add_risk_routes(Routes& routes) {
    routes.add("POST", "/api/followers/risk-config", Access::administer,
               set_account_config<AccountRole::follower>);
    routes.add("GET", "/api/followers/{id}/risk-config", Access::read,
               get_account_config<AccountRole::follower>);
    routes.add("POST", "/api/masters/risk-config", Access::administer,
               set_account_config<AccountRole::master>);
    routes.add("GET", "/api/masters/{id}/risk-config", Access::read,
               get_account_config<AccountRole::master>);
    routes.add("POST", "/api/risk-config", Access::administer, set_global_config);
    routes.add("GET", "/api/risk-config", Access::read, get_global_config);
}

}  // namespace ingest
