#include "tests/simulation/run/event_line.h"

#include "projections/event_row.h"

namespace simulation {

std::string line_of(const ledger::Event& event) {
    std::string line;
    const projections::Row row = projections::brief_event_row(event);
    for (const projections::Cell& cell : row.cells()) {
        if (cell.text.empty()) continue;
        if (!line.empty()) line += ' ';
        line += cell.text;
    }
    return line;
}

}  // namespace simulation
