#include "ingest/page_request.h"

#include "ledger/text/decimal.h"
#include "ledger/text/json_writer.h"
#include "ledger/text/rfc3339.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace ingest {

namespace {

using ledger::invalid_field;
using ledger::Result;

Result<void> add_filter(Query& query, const http::NamedValue& filter) {
    const bool known = std::ranges::any_of(
        query.filters, [&](const auto& other) { return other.first == filter.first; });
    if (known) return invalid_field(filter.first, "is given already");
    if (query.filters.size() >= filters_max) {
        return invalid_field(filter.first, "is one filter too many");
    }
    query.filters.push_back(filter);
    return boost::outcome_v2::success();
}

Result<void> set_once(std::string& value, const http::NamedValue& parameter) {
    if (!value.empty()) return invalid_field(parameter.first, "is given already");
    if (parameter.second.empty()) return invalid_field(parameter.first, "is empty");
    value = parameter.second;
    return boost::outcome_v2::success();
}

std::string instant(std::int64_t at_ns) {
    return at_ns == 0 ? std::string{} : ledger::text::format_rfc3339(at_ns);
}

void append_past(const PastInstant& past, std::string& body) {
    const auto append = [&](std::string_view name, const std::string& text) {
        body += ",\"" + std::string{name} + "\":";
        ledger::text::JsonWriter value{body};
        text.empty() ? value.null() : value.string(text);
    };
    append("as_of_sequence", std::to_string(past.sequence));
    append("as_of_time", instant(past.recorded_at_ns));
    append("valid_at", instant(past.valid_at_ns.value_or(0)));
}

std::string page_text(const Page& page) {
    std::string body = R"({"rows":)" + page.rows_json + R"(,"next":)";
    ledger::text::JsonWriter next{body};
    page.next.empty() ? next.null() : next.string(page.next);
    body += R"(,"sequence":")" + std::to_string(page.sequence) + '"';
    if (page.past) append_past(*page.past, body);
    return body + '}';
}

}  // namespace

Result<std::uint32_t> parse_limit(std::string_view text) {
    const auto limit = ledger::text::parse_integer(text);
    if (!limit || limit.value() < 1 || limit.value() > page_rows_max) {
        return invalid_field("limit", "must be between 1 and " + std::to_string(page_rows_max));
    }
    return static_cast<std::uint32_t>(limit.value());
}

Result<Query> read_query(const http::Request& request, View view) {
    Query query;
    query.view = std::move(view.name);
    query.filters = std::move(view.filters);
    query.rows_max = page_rows_default;
    for (const auto& parameter : request.query) {
        if (parameter.first == "limit") {
            BOOST_OUTCOME_TRY(query.rows_max, parse_limit(parameter.second));
        } else if (parameter.first == "cursor") {
            query.cursor = parameter.second;
        } else if (parameter.first == "as_of") {
            BOOST_OUTCOME_TRYV(set_once(query.as_of, parameter));
        } else if (parameter.first == "valid_at") {
            BOOST_OUTCOME_TRYV(set_once(query.valid_at, parameter));
        } else {
            BOOST_OUTCOME_TRY(add_filter(query, parameter));
        }
    }
    return query;
}

Answered answer_view(ApiContext& context, const http::Request& request, View view) {
    BOOST_OUTCOME_CO_TRY(Query query, read_query(request, std::move(view)));
    BOOST_OUTCOME_CO_TRY(const Page page, co_await context.queries.run(std::move(query)));
    co_return http::json_response(200, page_text(page));
}

}  // namespace ingest
