#include "ledger/replication/state.h"

#include <algorithm>
#include <cstring>

namespace ledger::replication {

namespace {

// FNV-1a, 64 bit: http://www.isthe.com/chongo/tech/comp/fnv/. The same on every machine.
constexpr std::uint64_t fnv_basis = 0xcbf29ce484222325U;
constexpr std::uint64_t fnv_prime = 0x100000001b3U;

std::uint64_t hash_text(std::string_view text, std::uint64_t hash) {
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= fnv_prime;
    }
    return hash;
}

}  // namespace

std::size_t KeyHash::operator()(const ClOrdId& id) const {
    // The characters come from a hash already; the first eight are random enough.
    std::uint64_t bits = 0;
    std::memcpy(&bits, id.text.data(), sizeof bits);
    return bits * fnv_prime;
}

std::size_t KeyHash::operator()(const InstrumentKey& key) const {
    return hash_text(key.token, fnv_basis ^ static_cast<std::uint64_t>(key.segment));
}

std::size_t KeyHash::operator()(const BrokerAccountKey& key) const {
    const auto hash = hash_text(key.broker, fnv_basis ^ static_cast<std::uint64_t>(key.role));
    return hash_text(key.broker_account, hash * fnv_prime);
}

std::size_t KeyHash::operator()(const LinkKey& key) const {
    return (std::uint64_t{key.master.value()} << 32U | key.follower.value()) * fnv_prime;
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
