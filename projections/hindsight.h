// What had happened by an instant, as it was known later: reports come after the fact, and some of
// them long after.
#pragma once

#include "ledger/model/event.h"
#include "projections/ledger_view.h"

#include <cstdint>
#include <vector>

namespace projections {

// When what the event tells of happened. A broker's report: by the broker's clock; funds: when
// their source says; but neither later than they were recorded. All else happens by being recorded.
[[nodiscard]] std::int64_t happened_at_ns(const ledger::Event& event);

// Folds into a view what had happened by `at_ns`, in the order of the log. Given a view of all that
// was recorded by then it needs to see only what came later; any earlier prefix gives the same.
//
// A follower's report counts only once its order was intended: a broker's clock may be behind. An
// account that something had happened to is there, though it was opened later, and so are those
// opened before it: an imported day is older than the accounts it is imported for.
class Hindsight {
  public:
    // `view` must outlive this.
    Hindsight(LedgerView& view, std::int64_t at_ns) : view_(view), at_ns_(at_ns) {}

    // Requires the events in the order of the log.
    void apply(const ledger::Event& event);

  private:
    [[nodiscard]] bool ready_for(const ledger::Event& event);
    [[nodiscard]] bool has_account(ledger::AccountNumber account);
    void take(const ledger::Event& event);

    LedgerView& view_;
    const std::int64_t at_ns_;
    std::vector<ledger::Event> opened_later_;  // AccountOpened, in the order of their numbers
};

}  // namespace projections
