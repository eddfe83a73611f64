// /api/masters and /api/followers: the same five routes for either role.
#include "ingest/account_requests.h"
#include "ingest/account_rows.h"
#include "ingest/page_request.h"
#include "ingest/resources.h"

#include <string>
#include <string_view>
#include <utility>

// A false alarm of g++ 12 when it inlines the one half of Asio's allocation of coroutine frames.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace ingest {

namespace {

using ledger::AccountRole;
using ledger::Receipt;

std::string_view path_of(AccountRole role) {
    return role == AccountRole::master ? "/api/masters" : "/api/followers";
}

AccountId id_in_path(AccountRole role, const Call& call) {
    return AccountId{role, call.request.path_param("id"), "id"};
}

AccountId id_of(AccountRole role, ledger::AccountNumber number) {
    return AccountId{role, std::to_string(number.value()), "id"};
}

Answered create_account(ApiContext& context, Call& call, AccountRole role) {
    BOOST_OUTCOME_CO_TRY(auto open, read_new_account(context, role, call.body));
    auto command = command_of(call, std::move(open));
    BOOST_OUTCOME_CO_TRY(const Receipt receipt, co_await commit(context, std::move(command)));
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

Answered change_account(ApiContext& context, Call& call, AccountRole role) {
    auto id = id_in_path(role, call);
    BOOST_OUTCOME_CO_TRY(const auto account, co_await find_account(context, std::move(id)));
    BOOST_OUTCOME_CO_TRY(auto change, read_account_change(context, role, account, call.body));
    auto command = command_of(call, std::move(change));
    BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
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
}

}  // namespace ingest
