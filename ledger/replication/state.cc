#include "ledger/replication/state.h"

#include <algorithm>

namespace ledger::replication {

State::State() = default;
State::State(const State& other) = default;
State::State(State&& other) noexcept = default;
State& State::operator=(const State& other) = default;
State& State::operator=(State&& other) noexcept = default;
State::~State() = default;

const Account* State::account(AccountNumber number) const {
    if (number.value() == 0 || number.value() > accounts.size()) return nullptr;
    return &accounts[number.value() - 1];
}

Account* State::account(AccountNumber number) {
    if (number.value() == 0 || number.value() > accounts.size()) return nullptr;
    return &accounts[number.value() - 1];
}

const Link* State::link(AccountNumber master, AccountNumber follower) const {
    return links.find(LinkKey{master, follower});
}

const FollowerOrder* State::follower_order(const EventId& order) const {
    const auto* row = follower_orders.find(cl_ord_id_of(order));
    return row != nullptr && row->id == order ? row : nullptr;
}

FollowerOrder* State::follower_order(const EventId& order) {
    auto* row = follower_orders.find(cl_ord_id_of(order));
    return row != nullptr && row->id == order ? row : nullptr;
}

const Change* find_change(const FollowerOrder& order, const EventId& intent) {
    const auto found = std::ranges::find(order.changes, intent, &Change::intent);
    return found == order.changes.end() ? nullptr : &*found;
}

EventId master_order_id_of(const State& state, const MasterOrderReported& report) {
    const Account* account = state.account(report.account);
    LEDGER_ASSERT(account != nullptr);
    return master_order_id(account->identity.broker, account->identity.broker_account,
                           report.broker_order_id);
}

bool is_pending(const FollowerOrder& order) {
    return order.attempt_open || order.parked || !order.changes.empty() ||
           order.status == OrdStatus::intended || order.status == OrdStatus::pending_new ||
           order.status == OrdStatus::unknown;
}

}  // namespace ledger::replication

namespace ledger {

template class Table<replication::BrokerAccountKey, replication::Account, replication::KeyHash>;
template class Table<replication::LinkKey, replication::Link, replication::KeyHash>;
template class Table<replication::InstrumentKey, replication::KnownInstrument,
                     replication::KeyHash>;
template class Table<EventId, replication::MasterOrder, replication::KeyHash>;
template class Table<ClOrdId, replication::FollowerOrder, replication::KeyHash>;
template class Table<replication::MasterPositionKey, replication::MasterPosition,
                     replication::KeyHash>;
template class Table<replication::CopiedPositionKey, replication::CopiedPosition,
                     replication::KeyHash>;

}  // namespace ledger
