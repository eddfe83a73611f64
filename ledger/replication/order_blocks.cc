#include "ledger/replication/order_blocks.h"

#include "ledger/base/assert.h"
#include "ledger/replication/order_status.h"
#include "ledger/replication/row_lists.h"
#include "ledger/replication/state_row_codec.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace ledger::replication {

namespace {

constexpr std::int64_t at_once = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

// How the rows of a table become bytes and come back. On the side of each block lies what their
// canonical bytes leave out: of master orders, those that follow from them.
struct MasterOrders {
    using Key = EventId;
    using Row = MasterOrder;

    static const auto& table(const State& state) { return state.master_orders; }

    static Key key_of(const Row& row) { return row.id; }

    static void put(ByteWriter& out, const State& state, RowIndex at) {
        put_row(out, state.master_orders[at]);
    }

    static void put_side(ByteWriter& out, const State& state, RowIndex first, RowIndex end) {
        for (RowIndex at = first; at < end; ++at) {
            put_row_list(out, state.master_orders[at].copies);
            put_row_list(out, state.master_orders[at].others);
        }
    }

    static void take(ByteReader& in, ByteReader& side, const RowCounts& known,
                     std::vector<Row>& rows, std::size_t count) {
        while (rows.size() < count && in.ok() && side.ok()) {
            Row& row = rows.emplace_back();
            take_row(in, known, row);
            take_row_list(side, known.follower_orders, row.copies);
            take_row_list(side, known.follower_orders, row.others);
        }
    }
};

// Of follower orders, what the first one may share with the one before it.
struct FollowerOrders {
    using Key = ClOrdId;
    using Row = FollowerOrder;

    static const auto& table(const State& state) { return state.follower_orders; }

    static Key key_of(const Row& row) { return cl_ord_id_of(row.id); }

    static const Row& before(const State& state, RowIndex at) {
        static const Row none{};
        return at == 0 ? none : state.follower_orders[at - 1];
    }

    static void put(ByteWriter& out, const State& state, RowIndex at) {
        put_row(out, state.follower_orders[at], before(state, at));
    }

    static void put_side(ByteWriter& out, const State& state, RowIndex first, RowIndex) {
        const Row& row = before(state, first);
        out.raw(row.origin.bytes.data(), row.origin.bytes.size());
        out.integer(row.intended_at_ns);
    }

    static void take(ByteReader& in, ByteReader& side, const RowCounts& known,
                     std::vector<Row>& rows, std::size_t count) {
        Row first;
        side.raw(first.origin.bytes.data(), first.origin.bytes.size());
        first.intended_at_ns = side.integer<std::int64_t>();
        const Row* before = &first;
        while (rows.size() < count && in.ok()) {
            Row& row = rows.emplace_back();
            take_row(in, known, *before, row);
            before = &row;
        }
    }
};

template <class Visit>
decltype(auto) with(OrderTable table, const Visit& visit) {
    switch (table) {
        case OrderTable::master_orders:
            return visit(MasterOrders{});
        case OrderTable::follower_orders:
            break;
    }
    return visit(FollowerOrders{});
}

RowIndex first_row_of(std::size_t block) {
    return static_cast<RowIndex>(block * block_rows);
}

RowIndex end_row_of(std::size_t block, RowIndex rows) {
    return std::min(rows, first_row_of(block + 1));
}

template <class Key>
std::uint32_t place_of_key(const Key& key) {
    return place_of_hash(KeyHash{}(key));
}

template <class Rows>
class Source : public RowSource<typename Rows::Key, typename Rows::Row> {
  public:
    using Key = typename Rows::Key;
    using Row = typename Rows::Row;

    Source(std::shared_ptr<const BlockStore> store, const RowCounts& known)
        : store_(std::move(store)), known_(known) {}

    [[nodiscard]] const BlockStore& store() const override { return *store_; }

    void take(std::size_t block, std::vector<Row>& rows) const override {
        const StoredBlock stored = store_->read(block);
        ByteReader in{stored.rows};
        ByteReader side{stored.side};
        const RowIndex count = end_row_of(block, store_->rows()) - first_row_of(block);
        Rows::take(in, side, known_, rows, count);
        if (!in.finished() || !side.finished()) store_->damaged();
    }

    [[nodiscard]] std::uint32_t place_of(const Key& key) const override {
        return place_of_key(key);
    }

    [[nodiscard]] bool has_key(const Row& row, const Key& key) const override {
        return Rows::key_of(row) == key;
    }

  private:
    const std::shared_ptr<const BlockStore> store_;
    const RowCounts known_;  // what the rows may refer to
};

Error damaged(std::string_view what) {
    return Error{Errc::corrupt, "the snapshot of " + std::string{what} + " is damaged", {}};
}

// A position's orders that live are few, so they are here from the start.
Result<void> take_live_orders(State& state, std::string_view bytes) {
    ByteReader in{bytes};
    for (CopiedPosition& position : state.copied_positions) {
        take_row_list(in, state.follower_orders.size(), position.live);
    }
    if (!in.finished()) return damaged("live orders");
    return boost::outcome_v2::success();
}

}  // namespace

std::int64_t rest_of(const FollowerOrder& order) {
    if (is_pending(order) || !is_terminal(order.status)) return never;
    return may_fill_late(order.status) ? order.updated_at_ns : at_once;
}

RowIndex OrderBlocks::rows() const {
    return with(table_, [&](auto rows) { return rows.table(state_).size(); });
}

std::size_t OrderBlocks::count() const {
    return blocks_of(rows());
}

RowIndex OrderBlocks::first_row(std::size_t block) const {
    return first_row_of(block);
}

RowIndex OrderBlocks::end_row(std::size_t block) const {
    return end_row_of(block, rows());
}

void OrderBlocks::put_rows(std::size_t block, ByteWriter& out) const {
    with(table_, [&](auto rows) {
        const auto& table = rows.table(state_);
        if (table.untouched(block)) {
            const StoredBlock stored = table.store()->read(block);
            return out.raw(stored.rows.data(), stored.rows.size());
        }
        for (RowIndex at = first_row(block); at < end_row(block); ++at) rows.put(out, state_, at);
    });
}

StoredBlock OrderBlocks::block(std::size_t block) const {
    return with(table_, [&](auto rows) {
        const auto& table = rows.table(state_);
        if (table.untouched(block)) return table.store()->read(block);
        ByteWriter canonical;
        ByteWriter side;
        put_rows(block, canonical);
        rows.put_side(side, state_, first_row(block), end_row(block));
        return StoredBlock{std::move(canonical.bytes()), std::move(side.bytes())};
    });
}

std::int64_t OrderBlocks::settled_at_ns(std::size_t block) const {
    if (table_ == OrderTable::master_orders) return at_once;
    const auto& orders = state_.follower_orders;
    if (orders.untouched(block)) return orders.store()->settled_at_ns(block);
    std::int64_t latest = at_once;
    for (RowIndex at = first_row(block); at < end_row(block); ++at) {
        latest = std::max(latest, rest_of(orders[at]));
    }
    return latest;
}

std::vector<KeyPlace> OrderBlocks::keys() const {
    return with(table_, [&](auto rows) {
        const auto& table = rows.table(state_);
        std::vector<KeyPlace> keys;
        keys.reserve(table.size());
        if (table.store() != nullptr) {
            const auto stored = table.store()->keys();
            keys.assign(stored.begin(), stored.end());
        }
        const auto middle = static_cast<std::ptrdiff_t>(keys.size());
        for (auto at = static_cast<RowIndex>(keys.size()); at < table.size(); ++at) {
            keys.push_back({place_of_key(rows.key_of(table[at])), at});
        }
        std::sort(keys.begin() + middle, keys.end());
        std::inplace_merge(keys.begin(), keys.begin() + middle, keys.end());
        return keys;
    });
}

void put_live_orders(ByteWriter& out, const State& state) {
    for (const CopiedPosition& position : state.copied_positions) put_row_list(out, position.live);
}

Result<void> restore_orders(State& state, OrderStores stores) {
    RowCounts known = counts_of(state);
    known.master_orders = stores.master_orders->rows();
    known.follower_orders = stores.follower_orders->rows();
    const bool positions_have_orders =
        std::ranges::all_of(state.master_positions, [&](const MasterPosition& position) {
            return position.latest_order < known.master_orders;
        });
    if (!positions_have_orders) return damaged("master positions");
    state.master_orders.restore(
        std::make_shared<Source<MasterOrders>>(std::move(stores.master_orders), known));
    state.follower_orders.restore(
        std::make_shared<Source<FollowerOrders>>(std::move(stores.follower_orders), known));
    return take_live_orders(state, stores.live_orders);
}

}  // namespace ledger::replication
