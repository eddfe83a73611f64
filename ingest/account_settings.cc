#include "ingest/account_settings.h"

#include "ingest/ask_state.h"

#include <string>
#include <utility>
#include <vector>

namespace ingest {

namespace {

using ledger::AccountNumber;
using ledger::Result;
using ledger::replication::State;

using Masters = std::vector<AccountNumber>;

// The masters at the other ends of the links that are to change.
Masters masters_of(const State& state, const RatioChange& change) {
    Masters masters;
    const auto* follower = state.account(change.follower);
    // A master's factor is nobody's ratio.
    const bool follows =
        follower != nullptr && follower->identity.role == ledger::AccountRole::follower;
    if (!follows) return masters;
    for (const ledger::RowIndex index : follower->links) {
        const auto& link = state.links[index];
        const bool concerned = !link.removed && link.terms.ratio != change.wanted &&
                               (!change.former || link.terms.ratio == *change.former);
        if (concerned) masters.push_back(link.master);
    }
    return masters;
}

}  // namespace

ledger::Command part_of(const Call& call, std::string_view part, ledger::CommandPayload payload) {
    ledger::Command command = command_of(call, std::move(payload));
    if (!command.idempotency_key.is_zero()) {
        command.idempotency_key =
            ledger::NaturalKey{"idempotency-part"}.add(command.idempotency_key).add(part).id();
    }
    return command;
}

asio::awaitable<Result<void>> change_ratios(ApiContext& context, const Call& call,
                                            RatioChange change) {
    auto question = [change](const State& state) -> Result<Masters> {
        return masters_of(state, change);
    };
    BOOST_OUTCOME_CO_TRY(const Masters masters,
                         co_await ask_state<Masters>(context.queries, std::move(question)));
    for (const AccountNumber master : masters) {
        ledger::SetLink set;
        set.master = master;
        set.follower = change.follower;
        set.ratio = change.wanted;
        auto command = part_of(call, "link/" + std::to_string(master.value()), std::move(set));
        BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
    }
    co_return boost::outcome_v2::success();
}

asio::awaitable<Result<bool>> has_funds(ApiContext& context, AccountNumber account) {
    auto question = [account](const State& state) -> Result<bool> {
        const auto* found = state.account(account);
        return found != nullptr && found->funds.at_ns != 0;
    };
    co_return co_await ask_state<bool>(context.queries, std::move(question));
}

}  // namespace ingest
