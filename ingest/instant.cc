#include "ingest/instant.h"

#include "ledger/base/time_units.h"
#include "ledger/text/decimal.h"
#include "ledger/text/rfc3339.h"

#include <limits>
#include <string>

namespace ingest {

namespace {

using ledger::invalid_field;
using ledger::Result;

Result<std::int64_t> from_epoch(std::string_view integer) {
    constexpr std::int64_t milliseconds_min = 100'000'000'000;
    BOOST_OUTCOME_TRY(const std::int64_t value, ledger::text::parse_integer(integer));
    if (value <= 0) return invalid_field("", "must be after 1970");
    const std::int64_t milliseconds = value < milliseconds_min ? value * 1000 : value;
    if (milliseconds > std::numeric_limits<std::int64_t>::max() / ledger::ns_per_ms) {
        return invalid_field("", "must be before 2262");
    }
    return milliseconds * ledger::ns_per_ms;
}

}  // namespace

Result<std::int64_t> read_instant(const BodyFields& fields, std::string_view name) {
    BOOST_OUTCOME_TRY(const auto given, fields.code(name));
    if (!given) return 0;
    const bool number = ledger::text::is_number_text(*given);
    const auto time = number ? from_epoch(*given) : ledger::text::parse_rfc3339(*given);
    if (!time || time.value() <= 0) {
        return invalid_field(std::string{name},
                             "must be RFC 3339, or seconds or milliseconds since 1970");
    }
    return time.value();
}

Result<ledger::Segment> read_segment(const BodyFields& fields) {
    BOOST_OUTCOME_TRY(const auto exchange, fields.text("exchange", code_bytes_max));
    BOOST_OUTCOME_TRY(const auto segment, fields.code("segment"));
    const std::string market = exchange.value_or("NSE");
    const auto both = ledger::parse_segment(market, segment.value_or(""));
    if (both) return *both;
    const bool exchange_known = ledger::parse_segment(market, "").has_value();
    return exchange_known
               ? invalid_field("segment", "must be one that this exchange has, such as EQ or FO")
               : invalid_field("exchange", "must be NSE, BSE, NFO, BFO, CDS, MCX or XTS's name");
}

}  // namespace ingest
