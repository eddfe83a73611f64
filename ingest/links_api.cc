// Which follower copies which master.
#include "ingest/account_rows.h"
#include "ingest/body_fields.h"
#include "ingest/page_request.h"
#include "ingest/resources.h"

#include <string>
#include <string_view>
#include <utility>

namespace ingest {

namespace {

using ledger::AccountRole;
using ledger::invalid_field;
using ledger::Receipt;
using ledger::Result;

struct LinkRequest {
    std::string follower;
    ledger::SetLink set;  // without the accounts' numbers
};

Result<LinkRequest> read_link(const ledger::text::JsonValue& body) {
    const BodyFields fields{body};
    for (const std::string_view limit : {"max_capital_limit", "max_daily_loss"}) {
        if (fields.has(limit)) return invalid_field(std::string{limit}, "is not supported yet");
    }
    LinkRequest out;
    BOOST_OUTCOME_TRY(out.follower, required("follower_id", fields.code("follower_id")));
    BOOST_OUTCOME_TRY(fields.word("copy_strategy", ledger::parse_copy_strategy,
                                  "FIXED_RATIO: others are not supported yet"));
    BOOST_OUTCOME_TRY(out.set.ratio, fields.ratio("scaling_factor"));
    BOOST_OUTCOME_TRY(out.set.active, fields.boolean("active"));
    BOOST_OUTCOME_TRY(out.set.round_up_to_min_lot, fields.boolean("round_up_to_min_lot"));
    return out;
}

AccountId path_id(AccountRole role, const Call& call, std::string_view parameter) {
    return AccountId{role, call.request.path_param(parameter), std::string{parameter}};
}

Answered set_link(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(LinkRequest link, read_link(call.body));
    auto master_id = path_id(AccountRole::master, call, "id");
    BOOST_OUTCOME_CO_TRY(const auto master, co_await find_account(context, std::move(master_id)));
    auto follower_id = AccountId{AccountRole::follower, link.follower, "follower_id"};
    BOOST_OUTCOME_CO_TRY(const auto follower,
                         co_await find_account(context, std::move(follower_id)));
    link.set.master = master.number;
    link.set.follower = follower.number;
    auto command = command_of(call, link.set);
    BOOST_OUTCOME_CO_TRY(const Receipt receipt, co_await commit(context, std::move(command)));
    BOOST_OUTCOME_CO_TRY(auto row, co_await find_link(context, master.number, follower.number));
    co_return http::json_response(receipt.duplicate ? 200 : 201, std::move(row));
}

Answered remove_link(ApiContext& context, Call& call) {
    auto master_id = path_id(AccountRole::master, call, "id");
    BOOST_OUTCOME_CO_TRY(const auto master, co_await find_account(context, std::move(master_id)));
    auto follower_id = path_id(AccountRole::follower, call, "follower_id");
    BOOST_OUTCOME_CO_TRY(const auto follower,
                         co_await find_account(context, std::move(follower_id)));
    auto command = command_of(call, ledger::RemoveLink{master.number, follower.number});
    BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
    co_return http::Response(204, {}, {});
}

// The links of the account in the path, which has that role in them.
template <AccountRole role>
Answered list_links(ApiContext& context, Call& call) {
    auto id = path_id(role, call, "id");
    BOOST_OUTCOME_CO_TRY(const auto account, co_await find_account(context, std::move(id)));
    View view;
    view.name = "links";
    view.filters.emplace_back(role == AccountRole::master ? "master" : "follower",
                              std::to_string(account.number.value()));
    co_return co_await answer_view(context, call.request, std::move(view));
}

}  // namespace

void add_link_routes(Routes& routes) {
    const std::string followers = "/api/masters/{id}/followers";
    routes.add("POST", followers, Access::administer, set_link);
    routes.add("GET", followers, Access::read, list_links<AccountRole::master>);
    routes.add("DELETE", followers + "/{follower_id}", Access::administer, remove_link);
    routes.add("GET", "/api/followers/{id}/masters", Access::read,
               list_links<AccountRole::follower>);
}

}  // namespace ingest
