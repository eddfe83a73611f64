// What each account holds of each instrument and product: the sum of its fills (I11).
#pragma once

#include "ledger/base/byte_buffer.h"
#include "ledger/base/result.h"
#include "ledger/base/table.h"
#include "ledger/model/fill.h"
#include "ledger/replication/state.h"

#include <cstdint>
#include <string_view>

namespace projections {

struct PositionKey {
    ledger::AccountNumber account;
    ledger::RowIndex instrument = 0;  // into State::instruments
    ledger::Product product = ledger::Product::intraday;

    friend bool operator==(const PositionKey&, const PositionKey&) = default;
};

struct PositionKeyHash {
    std::size_t operator()(const PositionKey& key) const;
};

struct Position {
    PositionKey key;
    ledger::Quantity bought;
    ledger::Quantity sold;
    ledger::Money bought_value;
    ledger::Money sold_value;
    // What the open quantity cost (sold for, when short), by average cost.
    ledger::Money open_value;
    ledger::Money realised;

    [[nodiscard]] ledger::Quantity net() const { return bought - sold; }
};

using ledger::Fill;

// Pure: the position after one more fill.
[[nodiscard]] Position with_fill(Position position, const Fill& fill);

class Positions {
  public:
    // Requires that `event` is folded into `state` already.
    void apply(const ledger::replication::State& state, const ledger::Event& event);

    [[nodiscard]] const auto& rows() const { return rows_; }

    void serialize(ledger::ByteWriter& out) const;
    // corrupt where the bytes are not what serialize() made. Requires that it is empty.
    [[nodiscard]] ledger::Result<void> restore(std::string_view bytes);

  private:
    void add(const PositionKey& key, const Fill& fill);

    ledger::Table<PositionKey, Position, PositionKeyHash> rows_;
};

}  // namespace projections
