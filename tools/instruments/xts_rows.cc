#include "tools/instruments/xts_rows.h"

#include "ledger/text/decimal.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tools {

using ledger::Quantity;
using ledger::Result;
using ledger::Segment;

namespace {

// Where an instrument's line has what.
struct Column {
    enum : std::size_t {
        exchange_segment,
        instrument_id,
        instrument_type,
        name,
        description,
        series,
        name_with_series,
        freeze_qty = 10,
        tick_size,
        lot_size,
        columns_wanted,
    };
};

constexpr std::string_view type_without_orders = "16";  // indices and spot prices

std::vector<std::string> split(std::string_view line) {
    std::vector<std::string> fields;
    while (true) {
        const std::size_t bar = line.find('|');
        fields.emplace_back(line.substr(0, bar));
        if (bar == std::string_view::npos) return fields;
        line.remove_prefix(bar + 1);
    }
}

bool is_bse(Segment segment) {
    return segment == Segment::bse_cash || segment == Segment::bse_derivatives;
}

// The symbol as Kite writes it, which is how people know the instrument.
std::string symbol_of(const std::vector<std::string>& fields, Segment segment) {
    if (segment == Segment::bse_cash) return fields[Column::name];
    if (segment != Segment::nse_cash) return fields[Column::description];
    return fields[Column::series] == "EQ" ? fields[Column::name] : fields[Column::name_with_series];
}

// FreezeQty of NSE's segments is the least quantity that freezes, so one above what passes: with a
// lot of 3,750 it is 112,501, with one of 75 it is 1,801. BSE's is what passes: with a lot of 20 it
// is 1,000. Where no sample tells (MCX), the smaller reading cannot be refused. Zero, or nothing
// that passes, is no bound.
Result<Quantity> read_freeze_quantity(const std::string& text, Segment segment) {
    constexpr std::int64_t one = 10'000;  // at the scale of prices: some rows have a fraction
    const auto scaled = ledger::text::parse_scaled(text, ledger::price_scale);
    if (!scaled || scaled.value() < 0) return ledger::invalid_field("FreezeQty", "is no quantity");
    const std::int64_t whole = scaled.value() / one;
    const bool exact = scaled.value() % one == 0;
    const std::int64_t passes = exact && !is_bse(segment) ? whole - 1 : whole;
    return Quantity{std::clamp<std::int64_t>(passes, 0, ledger::quantity_max)};
}

}  // namespace

bool is_xts_row(std::string_view line) {
    const auto bars = static_cast<std::size_t>(std::ranges::count(line, '|'));
    return !line.starts_with('{') && bars + 1 >= Column::columns_wanted;
}

RowRead read_xts_row(std::string_view line) {
    const auto fields = split(line);
    const auto segment = ledger::parse_segment(fields[Column::exchange_segment], "");
    if (!segment) return std::optional<InstrumentRow>{};
    if (fields.size() < Column::columns_wanted) {
        return ledger::invalid_field("LotSize", "is missing: the row has too few fields");
    }
    if (fields[Column::instrument_type] == type_without_orders)
        return std::optional<InstrumentRow>{};
    InstrumentRow row;
    row.instrument = {*segment, fields[Column::instrument_id], symbol_of(fields, *segment)};
    BOOST_OUTCOME_TRY(check_name("ExchangeInstrumentID", row.instrument.token));
    BOOST_OUTCOME_TRY(check_name("Name", row.instrument.symbol));
    BOOST_OUTCOME_TRY(row.rules.lot_size, read_lot_size("LotSize", fields[Column::lot_size]));
    BOOST_OUTCOME_TRY(row.rules.tick_size, read_tick_size("TickSize", fields[Column::tick_size]));
    BOOST_OUTCOME_TRY(row.rules.freeze_quantity,
                      read_freeze_quantity(fields[Column::freeze_qty], *segment));
    row.underlying = fields[Column::name];
    return std::optional{std::move(row)};
}

}  // namespace tools
