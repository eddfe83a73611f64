// The erasure of a person: nothing of the account may still need what the key opens.
#include "ledger/replication/admit_internal.h"
#include "ledger/replication/order_status.h"

#include <algorithm>

namespace ledger::replication {

namespace {

Error not_yet(std::string detail) {
    return Error{Errc::not_allowed, std::move(detail), "account"};
}

// An order that works stands at the broker until its session ends, whether anybody says so or not.
const FollowerOrder* unfinished_copy(const State& state, AccountNumber account,
                                     std::int32_t today) {
    const auto unfinished = [&](const FollowerOrder& order) {
        const bool works = is_working(order.status) && order.session_day == today;
        return order.follower == account && (works || is_pending(order));
    };
    const auto found = std::ranges::find_if(state.follower_orders, unfinished);
    return found == state.follower_orders.end() ? nullptr : &*found;
}

const MasterOrder* working_order(const State& state, AccountNumber account, std::int32_t today) {
    const auto works = [&](const MasterOrder& order) {
        return order.account == account && order.session_day == today &&
               order.leaves_qty().value() > 0;
    };
    const auto found = std::ranges::find_if(state.master_orders, works);
    return found == state.master_orders.end() ? nullptr : &*found;
}

}  // namespace

Admitted admit_erasure(const State& state, const EraseSubject& command, std::int64_t now_ns) {
    const Account* account = state.account(command.account);
    if (account == nullptr) return no_account("account", command.account);
    BOOST_OUTCOME_TRY(validate_why(command.why));
    if (account->erased) return std::nullopt;
    if (!account->closed) return not_yet("the account is not closed");
    const std::int32_t today = session_day(state.calendar, now_ns);
    if (const auto* copy = unfinished_copy(state, command.account, today)) {
        const std::string cl_ord_id{cl_ord_id_of(copy->id).view()};
        return not_yet("order " + cl_ord_id + " of the account is not done");
    }
    if (const auto* order = working_order(state, command.account, today)) {
        return not_yet("order " + order->broker_order_id + " of the account is not done");
    }
    const EventId id =
        NaturalKey{"erasure"}.add(account_id(account->identity)).add(account->erasures).id();
    return root(id, SubjectErased{command.account, command.why});
}

}  // namespace ledger::replication
