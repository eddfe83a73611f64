// Rows as JSON.
#pragma once

#include "ledger/text/json_writer.h"
#include "projections/row.h"

#include <string>

namespace tools {

// The row's cells as members of the object that is being written.
void write_cells(ledger::text::JsonWriter& json, const projections::Row& row);

// One JSON object of the row's cells.
void append_json(const projections::Row& row, std::string& out);

}  // namespace tools
