// The orders of a state in blocks that are stored by themselves: what a state is restored of
// without reading every order that there ever was.
#pragma once

#include "ledger/base/block_store.h"
#include "ledger/base/byte_buffer.h"
#include "ledger/base/result.h"
#include "ledger/replication/state.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace ledger::replication {

// When nothing more could come of an order: never as long as something is under way, and at once
// where it was filled or never reached the broker. Of one that ended otherwise a fill may still
// come to light for a while.
[[nodiscard]] std::int64_t rest_of(const FollowerOrder& order);

enum class OrderTable { master_orders, follower_orders };

// What a store of one table is made of. Blocks that nobody touched are copied as they are stored.
class OrderBlocks {
  public:
    // The state must outlive this.
    OrderBlocks(const State& state, OrderTable table) : state_(state), table_(table) {}

    [[nodiscard]] RowIndex rows() const;
    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] RowIndex first_row(std::size_t block) const;
    [[nodiscard]] RowIndex end_row(std::size_t block) const;
    // The canonical bytes of its rows.
    void put_rows(std::size_t block, ByteWriter& out) const;
    // As above, and on the side what they leave out.
    [[nodiscard]] StoredBlock block(std::size_t block) const;
    // When the last of its rows came to rest: see rest_of().
    [[nodiscard]] std::int64_t settled_at_ns(std::size_t block) const;
    // Of all rows, ascending.
    [[nodiscard]] std::vector<KeyPlace> keys() const;

  private:
    const State& state_;
    const OrderTable table_;
};

// Calls `visit` for every follower order but those of which nothing can come any more: that lie
// among settled ones, none of which ended unfilled after `since_ns`. In their order; without
// reading what need not be read.
template <class Visit>
void visit_unsettled(const State& state, std::int64_t since_ns, const Visit& visit) {
    const OrderBlocks blocks{state, OrderTable::follower_orders};
    const auto& orders = state.follower_orders;
    for (std::size_t block = 0; block < blocks.count(); ++block) {
        if (orders.untouched(block) && blocks.settled_at_ns(block) <= since_ns) continue;
        const RowIndex end = blocks.end_row(block);
        for (RowIndex at = blocks.first_row(block); at < end; ++at) visit(orders[at]);
    }
}

// Which orders of each copied position have not ended.
void put_live_orders(ByteWriter& out, const State& state);

// Of what OrderBlocks and put_live_orders() made of one state.
struct OrderStores {
    std::shared_ptr<const BlockStore> master_orders;
    std::shared_ptr<const BlockStore> follower_orders;
    std::string_view live_orders;

    [[nodiscard]] std::shared_ptr<const BlockStore>& of(OrderTable table) {
        return table == OrderTable::master_orders ? master_orders : follower_orders;
    }
};

// As restore() of both sections, and as late as can be. Requires that all other sections are
// restored. corrupt where it shows already that these are not the orders of such a state.
[[nodiscard]] Result<void> restore_orders(State& state, OrderStores stores);

}  // namespace ledger::replication
