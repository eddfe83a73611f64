// /api/masters and /api/followers: the same five routes for either role.
#include "ingest/account_requests.h"
#include "ingest/account_rows.h"
#include "ingest/account_sealing.h"
#include "ingest/account_settings.h"
#include "ingest/ask_state.h"
#include "ingest/change_turn.h"
#include "ingest/funds_requests.h"
#include "ingest/ledger_lookup.h"
#include "ingest/page_request.h"
#include "ingest/resources.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

// A false alarm of g++ 12 when it inlines the one half of Asio's allocation of coroutine frames.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace ingest {

namespace {

using ledger::AccountRole;
using ledger::Receipt;
using ledger::Result;

std::string_view path_of(AccountRole role) {
    return role == AccountRole::master ? "/api/masters" : "/api/followers";
}

AccountId id_in_path(AccountRole role, const Call& call) {
    return AccountId{role, call.request.path_param("id"), "id"};
}

AccountId id_of(AccountRole role, ledger::AccountNumber number) {
    return AccountId{role, std::to_string(number.value()), "id"};
}

using Funds = std::optional<ledger::ReportFunds>;

asio::awaitable<Result<void>> report_funds(ApiContext& context, const Call& call, Funds funds,
                                           ledger::AccountNumber account) {
    if (!funds) co_return boost::outcome_v2::success();
    funds->account = account;
    auto command = part_of(call, "funds", *funds);
    BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
    co_return boost::outcome_v2::success();
}

// What an account begins with: where its worth was told before, this is a repetition.
asio::awaitable<Result<void>> begin_funds(ApiContext& context, const Call& call, Funds funds,
                                          ledger::AccountNumber account) {
    BOOST_OUTCOME_CO_TRY(const bool told, co_await has_funds(context, account));
    if (told) funds.reset();
    co_return co_await report_funds(context, call, funds, account);
}

Answered create_account(ApiContext& context, Call& call, AccountRole role) {
    BOOST_OUTCOME_CO_TRY(auto asked, read_new_account(context, role, call.body));
    BOOST_OUTCOME_CO_TRY(auto funds, read_funds(call.body));
    BOOST_OUTCOME_CO_TRY(const auto known, co_await find_recorded(context, asked.open.identity));
    BOOST_OUTCOME_CO_TRY(auto open, sealed(context, known, std::move(asked)));
    auto command = command_of(call, std::move(open));
    BOOST_OUTCOME_CO_TRY(const Receipt receipt, co_await commit(context, std::move(command)));
    BOOST_OUTCOME_CO_TRY(co_await begin_funds(context, call, funds, receipt.account));
    auto id = id_of(role, receipt.account);
    BOOST_OUTCOME_CO_TRY(auto account, co_await find_account(context, std::move(id)));
    auto response = http::json_response(receipt.duplicate ? 200 : 201, std::move(account.json));
    response.headers.emplace_back(
        "location", std::string{path_of(role)} + "/" + std::to_string(account.number.value()));
    co_return response;
}

Answered list_accounts(ApiContext& context, Call& call, AccountRole role) {
    View view;
    view.name = "accounts";
    view.filters.emplace_back("role", ledger::to_text(role));
    co_return co_await answer_view(context, call.request, std::move(view));
}

Answered get_account(ApiContext& context, Call& call, AccountRole role) {
    auto id = id_in_path(role, call);
    BOOST_OUTCOME_CO_TRY(auto account, co_await find_account(context, std::move(id)));
    co_return http::json_response(200, std::move(account.json));
}

asio::awaitable<Result<ledger::Ratio>> scaling_factor_of(ApiContext& context,
                                                         ledger::AccountNumber account) {
    auto question = [account](const ledger::replication::State& state) -> Result<ledger::Ratio> {
        const auto* found = state.account(account);
        return found == nullptr ? ledger::Ratio{} : found->profile.scaling_factor;
    };
    co_return co_await ask_state<ledger::Ratio>(context.queries, std::move(question));
}

// The links that had the former factor follow it, and go first: a request that breaks off between
// them is whole when it is repeated.
asio::awaitable<Result<void>> rescale_links(ApiContext& context, const Call& call,
                                            const ledger::ChangeAccount& change) {
    if (!change.scaling_factor) co_return boost::outcome_v2::success();
    BOOST_OUTCOME_CO_TRY(const auto former, co_await scaling_factor_of(context, change.account));
    const RatioChange ratios{change.account, former, *change.scaling_factor};
    co_return co_await change_ratios(context, call, ratios);
}

Answered change_account(ApiContext& context, Call& call, AccountRole role) {
    auto id = id_in_path(role, call);
    BOOST_OUTCOME_CO_TRY(const auto account, co_await find_account(context, std::move(id)));
    BOOST_OUTCOME_CO_TRY(auto asked, read_account_change(role, account, call.body));
    BOOST_OUTCOME_CO_TRY(auto funds, read_funds(call.body));
    BOOST_OUTCOME_CO_TRY(const ChangeTurn turn, co_await take_turn(context.settings_taken));
    BOOST_OUTCOME_CO_TRY(const auto known, co_await find_recorded(context, account));
    BOOST_OUTCOME_CO_TRY(auto change, sealed(context, known, std::move(asked)));
    BOOST_OUTCOME_CO_TRY(co_await rescale_links(context, call, change));
    auto command = command_of(call, std::move(change));
    BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
    BOOST_OUTCOME_CO_TRY(co_await report_funds(context, call, funds, account.number));
    auto number = id_of(role, account.number);
    BOOST_OUTCOME_CO_TRY(auto changed, co_await find_account(context, std::move(number)));
    co_return http::json_response(200, std::move(changed.json));
}

Answered close_account(ApiContext& context, Call& call, AccountRole role) {
    auto id = id_in_path(role, call);
    BOOST_OUTCOME_CO_TRY(const auto account, co_await find_account(context, std::move(id)));
    auto command = command_of(call, ledger::CloseAccount{account.number});
    BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
    auto number = id_of(role, account.number);
    BOOST_OUTCOME_CO_TRY(auto closed, co_await find_account(context, std::move(number)));
    co_return http::json_response(200, std::move(closed.json));
}

Answered post_funds(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(auto funds, read_funds(call.body));
    if (!funds) co_return ledger::invalid_field("equity", "is required (or capital)");
    BOOST_OUTCOME_CO_TRY(const auto at_ns, read_as_of(call.body, context.clock.now_ns()));
    auto question = [name = AccountName{{}, call.request.path_param("id"), "id"}](
                        const ledger::replication::State& state) -> Result<AccountId> {
        BOOST_OUTCOME_TRY(const auto* account, find_account(state, name));
        return id_of(account->identity.role, account->number);
    };
    BOOST_OUTCOME_CO_TRY(auto id,
                         co_await ask_state<AccountId>(context.queries, std::move(question)));
    BOOST_OUTCOME_CO_TRY(const auto account, co_await find_account(context, id));
    funds->account = account.number;
    auto command = command_of(call, *funds);
    command.occurred_at_ns = at_ns;
    BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
    BOOST_OUTCOME_CO_TRY(auto told, co_await find_account(context, id));
    co_return http::json_response(200, std::move(told.json));
}

// A route's answer is a plain function: the role is bound at compile time.
template <auto answer, AccountRole role>
Answered in_role(ApiContext& context, Call& call) {
    return answer(context, call, role);
}

template <AccountRole role>
void add_routes(Routes& routes) {
    const std::string all{path_of(role)};
    const std::string one = all + "/{id}";
    routes.add("POST", all, Access::administer, in_role<create_account, role>);
    routes.add("GET", all, Access::read, in_role<list_accounts, role>);
    routes.add("GET", one, Access::read, in_role<get_account, role>);
    routes.add("PUT", one, Access::administer, in_role<change_account, role>);
    routes.add("DELETE", one, Access::administer, in_role<close_account, role>);
}

}  // namespace

void add_account_routes(Routes& routes) {
    add_routes<AccountRole::master>(routes);
    add_routes<AccountRole::follower>(routes);
    routes.add("POST", "/api/accounts/{id}/funds", Access::administer, post_funds);
}

}  // namespace ingest
