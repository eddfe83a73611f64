#include "ingest/funds_requests.h"

#include "ingest/body_fields.h"
#include "ledger/text/rfc3339.h"

#include <string_view>

namespace ingest {

using ledger::Result;

Result<std::optional<ledger::ReportFunds>> read_funds(const ledger::text::JsonValue& body) {
    const BodyFields fields{body};
    BOOST_OUTCOME_TRY(const std::string_view equity, fields.one_of({"equity", "initial_balance"}));
    ledger::ReportFunds funds;
    BOOST_OUTCOME_TRY(funds.equity, fields.money(equity));
    BOOST_OUTCOME_TRY(funds.capital, fields.money("capital"));
    if (!funds.equity && !funds.capital) return std::optional<ledger::ReportFunds>{};
    return std::optional{funds};
}

Result<std::int64_t> read_as_of(const ledger::text::JsonValue& body, std::int64_t now_ns) {
    BOOST_OUTCOME_TRY(const auto given, BodyFields{body}.text("as_of", code_bytes_max));
    if (!given) return 0;
    const auto at = ledger::text::parse_rfc3339(*given);
    if (!at || at.value() <= 0) return ledger::invalid_field("as_of", "must be RFC 3339");
    if (at.value() > now_ns) return ledger::invalid_field("as_of", "must not be in the future");
    return at.value();
}

}  // namespace ingest
