#include "tools/row_json.h"

namespace tools {

using projections::Cell;

void write_cells(ledger::text::JsonWriter& json, const projections::Row& row) {
    for (const Cell& cell : row.cells()) {
        json.key(cell.name);
        switch (cell.kind) {
            case Cell::Kind::text:
                json.string(cell.text);
                break;
            case Cell::Kind::count:
                json.number_text(cell.text);
                break;
            case Cell::Kind::boolean:
                json.boolean(cell.text == "true");
                break;
        }
    }
}

void append_json(const projections::Row& row, std::string& out) {
    ledger::text::JsonWriter json{out};
    json.begin_object();
    write_cells(json, row);
    json.end_object();
}

}  // namespace tools
