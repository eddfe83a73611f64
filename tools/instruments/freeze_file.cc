#include "tools/instruments/freeze_file.h"

#include "ledger/text/decimal.h"
#include "tools/instruments/instrument_row.h"
#include "tools/instruments/master_lines.h"

#include <algorithm>
#include <optional>

namespace tools {

using ledger::Result;

namespace {

constexpr std::size_t underlyings_max = 10'000;

struct Columns {
    std::size_t symbol = 0;
    std::size_t quantity = 0;
};

std::optional<Columns> find_columns(std::string_view line) {
    std::vector<std::string> header = split_csv(line);
    for (std::string& name : header) name = trimmed(name);
    const auto symbol = std::ranges::find(header, "SYMBOL");
    const auto quantity = std::ranges::find(header, "VOL_FRZ_QTY");
    if (symbol == header.end() || quantity == header.end()) return std::nullopt;
    return Columns{static_cast<std::size_t>(symbol - header.begin()),
                   static_cast<std::size_t>(quantity - header.begin())};
}

Result<void> read_row(const std::string& line, const Columns& columns, FreezeQuantities& out) {
    const std::vector<std::string> fields = split_csv(line);
    if (std::max(columns.symbol, columns.quantity) >= fields.size()) {
        return ledger::invalid_field("VOL_FRZ_QTY", "is missing");
    }
    const std::string symbol = trimmed(fields[columns.symbol]);
    BOOST_OUTCOME_TRY(check_name("SYMBOL", symbol));
    std::string digits = trimmed(fields[columns.quantity]);
    std::erase(digits, ',');  // "1,440" within quotes
    BOOST_OUTCOME_TRY(const ledger::Quantity quantity, read_lot_size("VOL_FRZ_QTY", digits));
    if (out.size() == underlyings_max) return ledger::invalid_field("SYMBOL", "is one too many");
    out.insert_or_assign(symbol, quantity);
    return boost::outcome_v2::success();
}

}  // namespace

bool is_freeze_header(std::string_view line) {
    return find_columns(line).has_value();
}

Result<void> read_freeze_file(const std::string& path, FreezeQuantities& out) {
    BOOST_OUTCOME_TRY(MasterLines lines, MasterLines::open(path));
    const auto columns = find_columns(lines.first());
    if (!columns) return lines.located(ledger::invalid_field("VOL_FRZ_QTY", "has no column"));
    while (true) {
        BOOST_OUTCOME_TRY(const auto line, lines.next());
        if (!line) return boost::outcome_v2::success();
        const auto row = read_row(*line, *columns, out);
        if (!row) return lines.located(row.error());
    }
}

}  // namespace tools
