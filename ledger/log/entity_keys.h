// Under which accounts and orders an event is found in the audit index.
#pragma once

#include <boost/container/static_vector.hpp>

#include "ledger/log/journal.h"
#include "ledger/model/event.h"

namespace ledger::log {

// DO NOT CHANGE: stored in the index.
inline constexpr char account_entity = 'a';
inline constexpr char order_entity = 'o';

[[nodiscard]] constexpr EntityKey entity_of(AccountNumber account) {
    return {account_entity, account.value()};
}

// Of a master order's id or of the intent that made a follower order.
[[nodiscard]] inline EntityKey entity_of_order(const EventId& order) {
    return {order_entity, order.prefix()};
}

using EntityKeys = boost::container::static_vector<EntityKey, 4>;

// An event of an account stands under it, one of an order under the order; a link's under both of
// its accounts. A decision for a follower stands under the follower order and its follower; from
// the master order it is reached through the order map.
[[nodiscard]] EntityKeys entity_keys_of(const Event& event);

}  // namespace ledger::log
