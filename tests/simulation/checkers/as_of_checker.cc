#include "tests/simulation/checkers/as_of_checker.h"

#include "projections/views.h"

#include <fmt/format.h>

namespace simulation {

using projections::LedgerView;

namespace {

// Every row of every view, as people read them.
std::string rows_of(const LedgerView& view) {
    std::string rows;
    for (const std::string_view name : projections::view_names()) {
        projections::ViewQuery query;
        query.view = name;
        query.rows_max = UINT32_MAX;
        const auto shown = visit_view(view, query, [&](const projections::Row& row) {
            for (const auto& cell : row.cells()) rows += cell.text + '|';
            rows += '\n';
        });
        if (!shown) rows += "unreadable";
    }
    return rows;
}

}  // namespace

void i12_as_of_is_the_prefix(const std::vector<ledger::Event>& log,
                             const std::vector<std::uint64_t>& sequences, const AskPast& ask,
                             Findings& findings) {
    LedgerView prefix;
    for (const std::uint64_t sequence : sequences) {
        while (prefix.sequence() < sequence) prefix.apply(log[prefix.sequence()]);
        const auto past = ask(sequence);
        const bool same = past && past.value().digests() == prefix.digests() &&
                          rows_of(past.value()) == rows_of(prefix);
        if (!same) {
            findings.push_back(
                fmt::format("I12: as of {} is not what was known by then", sequence));
        }
    }
}

}  // namespace simulation
