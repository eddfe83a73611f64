#include "tools/audit_reports.h"

#include "tools/completeness_report.h"
#include "tools/event_query.h"
#include "tools/why_gather.h"
#include "tools/why_text.h"

#include <algorithm>

namespace tools {

using ledger::Result;

namespace {

constexpr std::size_t findings_max = 1000;

// The value of the filter; empty where it is not given.
std::string value_of(const ingest::Query& query, std::string_view name) {
    const auto found = std::ranges::find_if(
        query.filters, [&](const auto& filter) { return filter.first == name; });
    return found == query.filters.end() ? std::string{} : found->second;
}

Result<void> allow_only(const ingest::Query& query, std::initializer_list<std::string_view> names) {
    for (const auto& [name, value] : query.filters) {
        if (std::ranges::find(names, name) == names.end()) {
            return ledger::invalid_field(name, "is no filter of " + query.view);
        }
    }
    if (query.valid_at.empty()) return boost::outcome_v2::success();
    return ledger::invalid_field("valid_at", "has no meaning here");
}

Result<std::string> explain(History& history, const ingest::Query& query) {
    BOOST_OUTCOME_TRY(allow_only(query, {"id"}));
    if (!query.as_of.empty()) return ledger::invalid_field("as_of", "has no meaning here");
    const auto view = [&]() -> Result<const projections::LedgerView*> {
        BOOST_OUTCOME_TRY(const History::Moment now, history.at({}, url_names));
        return now.view;
    };
    BOOST_OUTCOME_TRY(Why why, gather_why(history.journal(), value_of(query, "id"), view));
    why.subjects = history.subjects();
    std::string json;
    append_why_json(why, json);
    return json;
}

Result<std::string> count_outcomes(History& history, const ingest::Query& query) {
    BOOST_OUTCOME_TRY(allow_only(query, {"from", "to"}));
    BOOST_OUTCOME_TRY(const EventQuery range, parse_event_query(query.filters));
    BOOST_OUTCOME_TRY(const Past past, find_past(history.journal(), {query.as_of, {}}, url_names));
    BOOST_OUTCOME_TRY(const CompletenessReport report,
                      check_completeness(history.journal(), {range.from, range.to}, past));
    return completeness_json(report, findings_max);
}

}  // namespace

Result<std::string> answer_report(History& history, const ingest::Query& query) {
    if (query.view == "why") return explain(history, query);
    if (query.view == "completeness") return count_outcomes(history, query);
    return ledger::Error{ledger::Errc::not_found, "there is no report " + query.view, {}};
}

}  // namespace tools
