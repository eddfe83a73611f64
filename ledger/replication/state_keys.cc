#include "ledger/replication/state_keys.h"

#include "ledger/base/hash.h"

#include <cstdint>
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

}  // namespace ledger::replication
