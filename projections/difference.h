// What events changed between two folds of a log: orders, positions, links and limits, field by
// field, and by which events.
#pragma once

#include "ledger/model/event.h"
#include "projections/ledger_view.h"
#include "projections/row.h"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace projections {

// One row of what can change.
struct Thing {
    enum class Kind : std::uint8_t { order, position, link, limits };

    Kind kind = Kind::order;
    ledger::EventId order{};          // of an order
    ledger::AccountNumber account{};  // of a position, a link's follower, of limits; 0: all of it
    ledger::AccountNumber master{};   // of a link, and of limits on one
    ledger::RowIndex instrument = 0;  // of a position
    ledger::Product product = ledger::Product::intraday;

    friend auto operator<=>(const Thing&, const Thing&) = default;
};

// Those that an event may have changed. Requires that it is folded into `view`, which may be
// further.
[[nodiscard]] std::vector<Thing> things_of(const LedgerView& view, const ledger::Event& event);

// As the view shows it; nothing where it is not there.
[[nodiscard]] std::optional<Row> row_of(const LedgerView& view, const Thing& thing);

// Collects what the events after one fold, up to another, touched.
class Difference {
  public:
    // Requires events in order, each folded into `after`.
    void add(const LedgerView& after, const ledger::Event& event);

    // One row for each field of each thing that is different, in the order of the things' kinds:
    // what, id, change, field, old, new, events.
    [[nodiscard]] std::vector<Row> rows(const LedgerView& before, const LedgerView& after) const;

  private:
    std::map<Thing, std::vector<std::uint64_t>> touched_;
};

}  // namespace projections
