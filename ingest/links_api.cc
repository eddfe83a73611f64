// Which follower copies which master, and how.
#include "ingest/account_rows.h"
#include "ingest/ask_state.h"
#include "ingest/body_fields.h"
#include "ingest/change_turn.h"
#include "ingest/ledger_lookup.h"
#include "ingest/link_requests.h"
#include "ingest/page_request.h"
#include "ingest/resources.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ingest {

namespace {

using ledger::AccountRole;
using ledger::Receipt;
using ledger::Result;
using ledger::replication::State;

// The accounts that a request names, as it names them.
struct Ends {
    AccountName master;
    AccountName follower;
};

struct LinkFound {
    ledger::AccountNumber master;
    ledger::AccountNumber follower;
    std::optional<ledger::LinkTerms> terms;  // nothing: there is no link
};

enum class Making { allowed, refused };

AccountName master_in_path(const Call& call) {
    return {AccountRole::master, call.request.path_param("id"), "id"};
}

Result<LinkFound> find_ends(const State& state, const Ends& ends) {
    LinkFound found;
    BOOST_OUTCOME_TRY(const auto* master, find_account(state, ends.master));
    BOOST_OUTCOME_TRY(const auto* follower, find_account(state, ends.follower));
    found.master = master->number;
    found.follower = follower->number;
    const auto* link = state.link(found.master, found.follower);
    if (link != nullptr && !link->removed) found.terms = link->terms;
    return found;
}

asio::awaitable<Result<LinkFound>> find_ends(ApiContext& context, Ends ends) {
    auto question = [ends = std::move(ends)](const State& state) { return find_ends(state, ends); };
    co_return co_await ask_state<LinkFound>(context.queries, std::move(question));
}

Answered set_link(ApiContext& context, Call& call, Ends ends, Making making) {
    const std::string named = ends.follower.field;
    BOOST_OUTCOME_CO_TRY(const ChangeTurn turn, co_await take_turn(context.settings_taken));
    BOOST_OUTCOME_CO_TRY(const LinkFound found, co_await find_ends(context, std::move(ends)));
    if (!found.terms && making == Making::refused) {
        co_return ledger::Error{ledger::Errc::not_found, "This follower does not copy this master.",
                                named};
    }
    const ledger::LinkTerms present = found.terms.value_or(ledger::LinkTerms{});
    BOOST_OUTCOME_CO_TRY(auto set, read_link_change(call.body, present));
    set.master = found.master;
    set.follower = found.follower;
    auto command = command_of(call, std::move(set));
    BOOST_OUTCOME_CO_TRY(const Receipt receipt, co_await commit(context, std::move(command)));
    BOOST_OUTCOME_CO_TRY(auto row, co_await find_link(context, found.master, found.follower));
    const bool made = making == Making::allowed && !receipt.duplicate;
    co_return http::json_response(made ? 201 : 200, std::move(row));
}

Answered post_link(ApiContext& context, Call& call) {
    const BodyFields fields{call.body};
    BOOST_OUTCOME_CO_TRY(auto follower, required("follower_id", fields.code("follower_id")));
    Ends ends{master_in_path(call), {AccountRole::follower, std::move(follower), "follower_id"}};
    co_return co_await set_link(context, call, std::move(ends), Making::allowed);
}

Answered put_link(ApiContext& context, Call& call) {
    Ends ends{master_in_path(call),
              {AccountRole::follower, call.request.path_param("follower_id"), "follower_id"}};
    co_return co_await set_link(context, call, std::move(ends), Making::refused);
}

Answered remove_link_of(ApiContext& context, Call& call, Ends ends) {
    BOOST_OUTCOME_CO_TRY(const LinkFound found, co_await find_ends(context, std::move(ends)));
    auto command = command_of(call, ledger::RemoveLink{found.master, found.follower});
    BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
    co_return http::Response(204, {}, {});
}

Answered remove_link(ApiContext& context, Call& call) {
    Ends ends{master_in_path(call),
              {AccountRole::follower, call.request.path_param("follower_id"), "follower_id"}};
    co_return co_await remove_link_of(context, call, std::move(ends));
}

// Followers have no tokens of their own yet, so an administrator says who follows.
Result<Ends> read_ends(const Call& call) {
    const BodyFields fields{call.body};
    BOOST_OUTCOME_TRY(auto master, required("master_id", fields.code("master_id")));
    BOOST_OUTCOME_TRY(auto follower, fields.code("follower_id"));
    if (!follower) {
        return ledger::invalid_field("follower_id",
                                     "is required: followers have no tokens of their own in this "
                                     "version, so an ADMIN names the follower");
    }
    return Ends{{AccountRole::master, std::move(master), "master_id"},
                {AccountRole::follower, std::move(*follower), "follower_id"}};
}

Answered follow(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(auto ends, read_ends(call));
    co_return co_await set_link(context, call, std::move(ends), Making::allowed);
}

Answered unfollow(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(auto ends, read_ends(call));
    co_return co_await remove_link_of(context, call, std::move(ends));
}

// The links of the account in the path, which has that role in them.
template <AccountRole role>
Answered list_links(ApiContext& context, Call& call) {
    auto id = AccountId{role, call.request.path_param("id"), "id"};
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
    const std::string one = followers + "/{follower_id}";
    routes.add("POST", followers, Access::administer, post_link);
    routes.add("GET", followers, Access::read, list_links<AccountRole::master>);
    routes.add("PUT", one, Access::administer, put_link);
    routes.add("DELETE", one, Access::administer, remove_link);
    routes.add("GET", "/api/followers/{id}/masters", Access::read,
               list_links<AccountRole::follower>);
    routes.add("POST", "/api/masters/follow", Access::administer, follow);
    routes.add("POST", "/api/masters/unfollow", Access::administer, unfollow);
}

}  // namespace ingest
