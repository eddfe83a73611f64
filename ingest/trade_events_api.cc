// GET /api/trades/events: what the masters' brokers said, newest first.
#include "ingest/event_rows.h"
#include "ingest/page_request.h"
#include "ingest/resources.h"
#include "ledger/text/decimal.h"
#include "ledger/text/json_writer.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <utility>

namespace ingest {

namespace {

using ledger::invalid_field;
using ledger::Result;

// The log is read backwards in windows, as many as one request may take.
constexpr std::uint64_t window_events = 500;
constexpr int windows_max = 40;

struct Newest {
    std::uint32_t rows_max = page_rows_default;
    std::uint64_t before = 0;  // a sequence; 0: the end of the log
};

Result<Newest> read_newest(const http::Request& request) {
    Newest wanted;
    if (const std::string* limit = request.query_param("limit")) {
        BOOST_OUTCOME_TRY(wanted.rows_max, parse_limit(*limit));
    }
    if (const std::string* cursor = request.query_param("cursor")) {
        const auto before = ledger::text::parse_integer(*cursor);
        if (!before || before.value() < 1) return invalid_field("cursor", "is not a cursor");
        wanted.before = static_cast<std::uint64_t>(before.value());
    }
    return wanted;
}

// Of the window that ends before `end`.
Query window_before(std::uint64_t end) {
    const std::uint64_t from = end > window_events ? end - window_events : 1;
    Query query;
    query.view = "events";
    query.filters.emplace_back("kind", "MasterOrderReported");
    query.filters.emplace_back("from", std::to_string(from));
    query.filters.emplace_back("to", std::to_string(end - 1));
    query.rows_max = window_events;
    return query;
}

// The instant behind the last event.
asio::awaitable<Result<std::uint64_t>> end_of_log(ApiContext& context) {
    Query query;
    query.view = "events";
    query.filters.emplace_back("from", std::to_string(std::numeric_limits<std::int64_t>::max()));
    query.rows_max = 1;
    BOOST_OUTCOME_CO_TRY(const Page page, co_await context.queries.run(std::move(query)));
    co_return page.sequence + 1;
}

std::string answer_text(const EventRows& rows, std::uint64_t next, std::uint64_t sequence) {
    std::string body;
    ledger::text::JsonWriter json{body};
    json.begin_object();
    json.key("rows");
    json.begin_array();
    for (const auto& row : rows) write_row(json, row);
    json.end_array();
    json.key("next");
    next > 1 ? json.string(std::to_string(next)) : json.null();
    json.member("sequence", std::to_string(sequence));
    json.end_object();
    return body;
}

Answered newest_events(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(const Newest wanted, read_newest(call.request));
    BOOST_OUTCOME_CO_TRY(const std::uint64_t end, co_await end_of_log(context));
    std::uint64_t before = wanted.before == 0 ? end : std::min(wanted.before, end);
    EventRows newest;
    for (int window = 0; window < windows_max && before > 1; ++window) {
        Query query = window_before(before);
        BOOST_OUTCOME_CO_TRY(const Page page, co_await context.queries.run(std::move(query)));
        BOOST_OUTCOME_CO_TRY(EventRows rows, rows_of(page));
        std::ranges::reverse(rows);
        std::ranges::move(rows, std::back_inserter(newest));
        before = before > window_events ? before - window_events : 1;
        if (newest.size() >= wanted.rows_max) break;
    }
    if (newest.size() > wanted.rows_max) {
        newest.resize(wanted.rows_max);
        const auto last = ledger::text::parse_integer(text_of(newest.back(), "sequence"));
        if (last) before = static_cast<std::uint64_t>(last.value());
    }
    co_return http::json_response(200, answer_text(newest, before, end - 1));
}

}  // namespace

void add_trade_event_routes(Routes& routes) {
    routes.add("GET", "/api/trades/events", Access::read, newest_events);
}

}  // namespace ingest
