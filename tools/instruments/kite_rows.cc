#include "tools/instruments/kite_rows.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tools {

namespace {

// In the order of `names`.
struct Wanted {
    enum : std::size_t { exchange, exchange_token, tradingsymbol, lot_size, tick_size };
};

const std::array<std::string, 5> names{"exchange", "exchange_token", "tradingsymbol", "lot_size",
                                       "tick_size"};

std::optional<std::size_t> find_column(const std::vector<std::string>& header,
                                       std::string_view name) {
    const auto found = std::ranges::find(header, name);
    if (found == header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
}

std::string field_at(const std::vector<std::string>& fields, std::optional<std::size_t> column) {
    return column && *column < fields.size() ? fields[*column] : std::string{};
}

}  // namespace

std::optional<KiteRows> KiteRows::from_header(const std::string& line) {
    const auto header = split_csv(line);
    KiteRows rows;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto column = find_column(header, names.at(i));
        if (!column) return std::nullopt;
        rows.columns_.at(i) = *column;
    }
    rows.segment_ = find_column(header, "segment");
    rows.name_ = find_column(header, "name");
    return rows;
}

RowRead KiteRows::read(const std::string& line) const {
    const auto fields = split_csv(line);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (columns_.at(i) >= fields.size()) {
            return ledger::invalid_field(names.at(i), "is missing");
        }
    }
    const auto segment = ledger::parse_segment(fields[columns_[Wanted::exchange]], "");
    if (!segment || field_at(fields, segment_) == "INDICES") return std::optional<InstrumentRow>{};
    InstrumentRow row;
    row.instrument = {*segment, fields[columns_[Wanted::exchange_token]],
                      fields[columns_[Wanted::tradingsymbol]]};
    BOOST_OUTCOME_TRY(check_name(names[Wanted::exchange_token], row.instrument.token));
    BOOST_OUTCOME_TRY(check_name(names[Wanted::tradingsymbol], row.instrument.symbol));
    BOOST_OUTCOME_TRY(row.rules.lot_size,
                      read_lot_size(names[Wanted::lot_size], fields[columns_[Wanted::lot_size]]));
    BOOST_OUTCOME_TRY(row.rules.tick_size, read_tick_size(names[Wanted::tick_size],
                                                          fields[columns_[Wanted::tick_size]]));
    row.underlying = field_at(fields, name_);
    return std::optional{std::move(row)};
}

}  // namespace tools
