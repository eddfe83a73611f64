#include "tools/instruments.h"

#include "ledger/text/decimal.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <string_view>

namespace tools {

using namespace ledger;

namespace {

constexpr std::array<std::string_view, 5> wanted{"exchange", "exchange_token", "tradingsymbol",
                                                 "lot_size", "tick_size"};
using Columns = std::array<std::size_t, wanted.size()>;

// Kite quotes only names: a comma within quotes divides nothing, and the quotes are stripped.
std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            fields.emplace_back();
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    return fields;
}

std::optional<Columns> find_columns(const std::vector<std::string>& header) {
    Columns columns{};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto found = std::ranges::find(header, wanted.at(i));
        if (found == header.end()) return std::nullopt;
        columns.at(i) = static_cast<std::size_t>(found - header.begin());
    }
    return columns;
}

// Nothing for an exchange that the ledger does not know.
Result<std::optional<DefineInstrument>> read_row(const std::vector<std::string>& fields,
                                                 const Columns& columns) {
    if (std::ranges::max(columns) >= fields.size()) {
        return Error{Errc::invalid_input, "has too few columns", {}};
    }
    const auto segment = parse_segment(fields[columns[0]], "");
    if (!segment) return std::optional<DefineInstrument>{};
    const auto lot = text::parse_integer(fields[columns[3]]);
    const auto tick = text::parse_scaled(fields[columns[4]], price_scale);
    if (!lot || lot.value() <= 0) return Error{Errc::invalid_input, "lot_size is no count", {}};
    if (!tick || tick.value() < 0) return Error{Errc::invalid_input, "tick_size is no price", {}};
    DefineInstrument define;
    define.instrument = {*segment, fields[columns[1]], fields[columns[2]]};
    define.rules.lot_size = Quantity{lot.value()};
    define.rules.tick_size = Price{tick.value()};
    return std::optional{std::move(define)};
}

}  // namespace

Result<std::vector<DefineInstrument>> read_kite_instruments(const std::string& path) {
    std::ifstream file{path};
    if (!file) return Error{Errc::unavailable, "cannot read " + path, "instruments.files"};
    std::string line;
    std::getline(file, line);
    const auto columns = find_columns(split(line));
    if (!columns) {
        return invalid_field("instruments.files",
                             path +
                                 " has no header with exchange, exchange_token, "
                                 "tradingsymbol, lot_size and tick_size");
    }
    std::vector<DefineInstrument> out;
    for (std::size_t number = 2; std::getline(file, line); ++number) {
        if (line.empty() || line == "\r") continue;
        auto row = read_row(split(line), *columns);
        if (!row) {
            return invalid_field("instruments.files", path + " line " + std::to_string(number) +
                                                          " " + row.error().detail);
        }
        if (row.value()) out.push_back(std::move(*row.value()));
    }
    return out;
}

}  // namespace tools
