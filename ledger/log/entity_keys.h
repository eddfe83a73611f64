// Under which ids an event is found, and under which accounts and orders in the audit index.
#pragma once

#include "ledger/log/journal.h"
#include "ledger/model/event.h"

#include <string_view>

#include <boost/container/static_vector.hpp>

namespace ledger::log {

// DO NOT CHANGE: stored in the index.
inline constexpr char account_entity = 'a';
inline constexpr char order_entity = 'o';
inline constexpr char checkpoint_entity = 'c';
inline constexpr char archiving_entity = 'r';

// Every signed checkpoint.
inline constexpr EntityKey checkpoints{checkpoint_entity, 0};

// Every RecordsArchived.
inline constexpr EntityKey archivings{archiving_entity, 0};

[[nodiscard]] constexpr EntityKey entity_of(AccountNumber account) {
    return {account_entity, account.value()};
}

// Of a master order's id or of the intent that made a follower order.
[[nodiscard]] inline EntityKey entity_of_order(const EventId& order) {
    return {order_entity, order.prefix()};
}

using EventIds = boost::container::static_vector<EventId, 2>;

// The event's own id, and the caller's Idempotency-Key where there is one.
[[nodiscard]] EventIds ids_of(const Event& event);

using EntityKeys = boost::container::static_vector<EntityKey, 4>;

// What a master order's reports stand under, as entity_of_order(this). Not master_order_id: that is
// made of the broker and the client code, which a report does not carry. An account keeps both for
// life, so the two name the same orders. DO NOT CHANGE: stored in the index.
[[nodiscard]] EventId master_order_entity(AccountNumber account, std::string_view broker_order_id);

// An event of an account stands under it, one of an order under the order and the account it
// belongs to; a link's under both of its accounts. A decision for a follower stands under the
// follower order and its follower; from the master order it is reached through the order map. A
// skip made no order and stands under its follower alone. An exit stands under the id of the master
// order, which is what it carries, and the master. What concerns the whole ledger, an instrument
// and a conflict concern no account by themselves and stand under nothing.
[[nodiscard]] EntityKeys entity_keys_of(const Event& event);

}  // namespace ledger::log
