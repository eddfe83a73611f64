// A ledger in memory whose live view is fed as in production: by the sequencer's observer, batch by
// batch.
#pragma once

#include "ledger/log/memory_journal.h"
#include "projections/ledger_view.h"
#include "projections/views.h"
#include "tests/ledger/random_commands.h"
#include "tests/ledger/sequencer_fixture.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace projections::test {

using ledger::test::any_below;
using ledger::test::command_of;

class LiveLedger {
  public:
    LiveLedger();
    LiveLedger(const LiveLedger&) = delete;
    LiveLedger& operator=(const LiveLedger&) = delete;

    // Alone in its batch; must be taken.
    ledger::Receipt says(ledger::CommandPayload payload);
    // What the opening commands and the steps come to, a few commands to a batch.
    void runs(const ledger::test::Steps& steps);

    [[nodiscard]] const LedgerView& view() const { return view_; }

    [[nodiscard]] const ledger::replication::State& state() const { return writer_.state(); }

    [[nodiscard]] std::vector<ledger::Event> events() const {
        return ledger::test::events_of(journal_);
    }

  private:
    ledger::log::MemoryJournal journal_;
    ledger::test::HandClock clock_;
    LedgerView view_;
    ledger::test::Writer writer_;
};

// What has run these steps. Many properties look at the same lives, as each draws them from the same
// seed: a life is lived once, and kept as long as there are not too many. The reference holds until
// the next call.
[[nodiscard]] const LiveLedger& lived(const ledger::test::Steps& steps);

// Folds the events after view.sequence() up to `last`.
void fold(std::span<const ledger::Event> events, std::uint64_t last, LedgerView& view);
[[nodiscard]] LedgerView folded(std::span<const ledger::Event> events, std::uint64_t last);

// The offset and the bytes of every projection.
[[nodiscard]] std::string bytes_of(const LedgerView& view);

// ---- reading views

using FilterValues = std::vector<std::pair<std::string, std::string>>;

// All rows of a view that must be there.
[[nodiscard]] std::vector<Row> rows_of(const LedgerView& view, std::string_view name,
                                       const FilterValues& filters = {});
using Cells = std::vector<std::vector<Cell>>;

[[nodiscard]] Cells cells_of(const std::vector<Row>& rows);
// The rows of every view: all that anyone can see of it.
[[nodiscard]] Cells shown_by(const LedgerView& view);
// Nothing where the row has no such cell.
[[nodiscard]] std::string cell(const Row& row, std::string_view name);
[[nodiscard]] bool shows(const Row& row, std::string_view text);

}  // namespace projections::test
