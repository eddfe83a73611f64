#include "ledger/replication/state.h"

#include "ledger/base/hash.h"

#include <algorithm>
#include <cstring>

namespace ledger::replication {

std::size_t KeyHash::operator()(const ClOrdId& id) const {
    // The characters come from a hash already; the first eight are random enough.
    std::uint64_t bits = 0;
    std::memcpy(&bits, id.text.data(), sizeof bits);
    return bits * fnv_prime;
}

std::size_t KeyHash::operator()(const InstrumentKey& key) const {
    return hash_text(key.token, static_cast<std::uint64_t>(key.segment));
}

std::size_t KeyHash::operator()(const BrokerAccountKey& key) const {
    return hash_text(key.broker_account,
                     hash_text(key.broker, static_cast<std::uint64_t>(key.role)));
}

std::size_t KeyHash::operator()(const LinkKey& key) const {
    return (std::uint64_t{key.master.value()} << 32U | key.follower.value()) * fnv_prime;
}

std::size_t KeyHash::operator()(const MasterPositionKey& key) const {
    const std::uint64_t pair = std::uint64_t{key.master.value()} << 32U | key.instrument;
    return (pair ^ static_cast<std::uint64_t>(key.product) << 30U) * fnv_prime;
}

std::size_t KeyHash::operator()(const CopiedPositionKey& key) const {
    const std::uint64_t pair = std::uint64_t{key.link} << 32U | key.instrument;
    return (pair ^ static_cast<std::uint64_t>(key.product) << 30U) * fnv_prime;
}

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
