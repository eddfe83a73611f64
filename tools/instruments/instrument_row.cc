#include "tools/instruments/instrument_row.h"

#include "ingest/body_fields.h"
#include "ledger/text/decimal.h"

namespace tools {

using ledger::invalid_field;
using ledger::Price;
using ledger::Quantity;
using ledger::Result;

Result<Quantity> read_lot_size(const std::string& column, const std::string& text) {
    const auto lot = ledger::text::parse_integer(text);
    if (!lot || lot.value() <= 0) return invalid_field(column, "is no count");
    if (lot.value() > ledger::quantity_max) return invalid_field(column, "is too large");
    return Quantity{lot.value()};
}

Result<Price> read_tick_size(const std::string& column, const std::string& text) {
    const auto tick = ledger::text::parse_scaled(text, ledger::price_scale);
    if (!tick || tick.value() < 0) return invalid_field(column, "is no price");
    if (tick.value() > ledger::price_max) return invalid_field(column, "is too large");
    return Price{tick.value()};
}

Result<void> check_name(const std::string& column, const std::string& text) {
    if (text.empty()) return invalid_field(column, "is empty");
    if (text.size() > ingest::code_bytes_max) return invalid_field(column, "is too long");
    if (!ingest::is_printable(text)) return invalid_field(column, "holds control characters");
    return boost::outcome_v2::success();
}

std::vector<std::string> split_csv(std::string_view line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    return fields;
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(" \t") - first + 1)};
}

}  // namespace tools
