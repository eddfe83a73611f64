#include "tools/instruments/instrument_reader.h"

#include "tools/day.h"
#include "tools/instruments/kite_rows.h"
#include "tools/instruments/xts_rows.h"

#include <filesystem>
#include <utility>

namespace tools {

using ledger::DefineInstrument;
using ledger::Result;
using ledger::Segment;

namespace {

std::int32_t valid_on(const InstrumentFile& file) {
    const auto day =
        file.day ? file.day : day_in_name(std::filesystem::path{file.path}.filename().string());
    return day ? yyyymmdd(*day) : 0;
}

ledger::Error unknown_kind(const std::string& path) {
    return ledger::invalid_field(
        "instruments.files",
        path +
            " is none of: Kite's CSV (a header with exchange, exchange_token, tradingsymbol, "
            "lot_size and tick_size), XTS's master dump (rows of fields divided by '|'), NSE's "
            "freeze quantities (a header with SYMBOL and VOL_FRZ_QTY)");
}

// NSE's file speaks of NSE's derivatives alone.
void fill_in_freeze(InstrumentRow& row, const FreezeQuantities& freezes) {
    const bool wanted = row.instrument.segment == Segment::nse_derivatives &&
                        row.rules.freeze_quantity.value() == 0;
    if (!wanted) return;
    const auto found = freezes.find(row.underlying);
    if (found != freezes.end()) row.rules.freeze_quantity = found->second;
}

}  // namespace

Result<InstrumentReader> InstrumentReader::open(const InstrumentFile& file,
                                                const FreezeQuantities& freezes) {
    BOOST_OUTCOME_TRY(MasterLines lines, MasterLines::open(file.path));
    ReadRow read_row;
    const bool xts = is_xts_row(lines.first());
    if (xts) {
        read_row = read_xts_row;
    } else if (auto kite = KiteRows::from_header(lines.first())) {
        read_row = [rows = *std::move(kite)](const std::string& line) { return rows.read(line); };
    } else {
        return unknown_kind(file.path);
    }
    InstrumentReader reader{std::move(lines), std::move(read_row), freezes};
    reader.first_is_row_ = xts;
    reader.valid_on_ = tools::valid_on(file);
    return reader;
}

Result<std::optional<std::string>> InstrumentReader::next_line() {
    if (std::exchange(first_is_row_, false)) return std::optional{lines_.first()};
    return lines_.next();
}

Result<std::optional<DefineInstrument>> InstrumentReader::next() {
    while (true) {
        BOOST_OUTCOME_TRY(const auto line, next_line());
        if (!line) return std::optional<DefineInstrument>{};
        auto row = read_row_(*line);
        if (!row) return lines_.located(row.error());
        if (!row.value()) continue;
        fill_in_freeze(*row.value(), freezes_);
        DefineInstrument define{std::move(row.value()->instrument), row.value()->rules};
        define.rules.valid_on = valid_on_;
        return std::optional{std::move(define)};
    }
}

Result<bool> holds_freeze_quantities(const std::string& path) {
    BOOST_OUTCOME_TRY(const MasterLines lines, MasterLines::open(path));
    return is_freeze_header(lines.first());
}

}  // namespace tools
