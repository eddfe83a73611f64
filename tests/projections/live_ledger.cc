#include "tests/projections/live_ledger.h"

#include "ledger/base/assert.h"

#include <algorithm>
#include <map>
#include <memory>

#include <catch2/catch.hpp>

namespace projections::test {

using ledger::Command;
using ledger::Event;

LiveLedger::LiveLedger() : writer_(journal_, clock_) {
    writer_.sequencer().observe([this](const ledger::Sequencer::EventBatch& batch) {
        for (const Event& event : *batch) view_.apply(event);
    });
}

ledger::Receipt LiveLedger::says(ledger::CommandPayload payload) {
    clock_.passes(ledger::test::second_ns);
    const auto answer = writer_.tells(command_of(std::move(payload)));
    if (!answer) FAIL(answer.error().detail);
    return answer.value();
}

void LiveLedger::runs(const ledger::test::Steps& steps) {
    for (const Command& command : ledger::test::opening_commands()) writer_.asks(command);
    LEDGER_ASSERT(writer_.turn().has_value());
    for (const ledger::test::Step& step : steps) {
        clock_.passes(ledger::test::pause_ns(step));
        writer_.asks(ledger::test::next_command(writer_.state(), step));
        // Most are alone in their batch, so that they are decided on what the step looked at.
        if (step[3] % 4 != 0) LEDGER_ASSERT(writer_.turn().has_value());
    }
    LEDGER_ASSERT(writer_.turn().has_value());
}

const LiveLedger& lived(const ledger::test::Steps& steps) {
    constexpr std::size_t kept_max = 256;
    static std::map<ledger::test::Steps, std::unique_ptr<LiveLedger>> kept;
    const auto known = kept.find(steps);
    if (known != kept.end()) return *known->second;
    if (kept.size() == kept_max) kept.clear();
    auto live = std::make_unique<LiveLedger>();
    live->runs(steps);
    return *kept.emplace(steps, std::move(live)).first->second;
}

void fold(std::span<const Event> events, std::uint64_t last, LedgerView& view) {
    while (view.sequence() < last) view.apply(events[view.sequence()]);
}

LedgerView folded(std::span<const Event> events, std::uint64_t last) {
    LedgerView view;
    fold(events, last, view);
    return view;
}

std::string bytes_of(const LedgerView& view) {
    std::string bytes =
        std::to_string(view.sequence()) + " " + std::to_string(view.state().recorded_at_ns);
    for (const std::string_view name : LedgerView::projection_names()) {
        bytes += view.serialize(name);
    }
    return bytes;
}

std::vector<Row> rows_of(const LedgerView& view, std::string_view name,
                         const FilterValues& filters) {
    ViewQuery query;
    query.view = name;
    query.filters = filters;
    query.rows_max = UINT64_MAX;
    std::vector<Row> rows;
    const auto next = visit_view(view, query, [&](const Row& row) { rows.push_back(row); });
    if (!next) FAIL(next.error().detail);
    CHECK(next.value().empty());
    return rows;
}

Cells cells_of(const std::vector<Row>& rows) {
    Cells cells;
    for (const Row& row : rows) cells.push_back(row.cells());
    return cells;
}

Cells shown_by(const LedgerView& view) {
    Cells all;
    for (const std::string_view name : view_names()) {
        for (const Row& row : rows_of(view, name)) all.push_back(row.cells());
    }
    return all;
}

std::string cell(const Row& row, std::string_view name) {
    const auto found = std::ranges::find(row.cells(), name, &Cell::name);
    return found == row.cells().end() ? std::string{} : found->text;
}

bool shows(const Row& row, std::string_view text) {
    return std::ranges::any_of(
        row.cells(), [&](const Cell& shown) { return shown.text.find(text) != std::string::npos; });
}

}  // namespace projections::test
