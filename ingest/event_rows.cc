#include "ingest/event_rows.h"

#include "ledger/base/byte_size.h"
#include "ledger/model/event_id.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ingest {

namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::text::JsonValue;
using Kind = JsonValue::Kind;

constexpr std::uint32_t page_rows = 200;
constexpr std::size_t page_bytes_max = 8 * ledger::mib;

// Moves the rows that follow from `cause` to `out`; false where one does not, the last of them.
bool take_consequences(EventRows rows, const ledger::EventId& cause, EventRows& out) {
    for (JsonValue& row : rows) {
        if (id_of(row, "causation_id") != cause) return false;
        out.push_back(std::move(row));
    }
    return true;
}

Query events_from(std::uint64_t sequence) {
    Query query;
    query.view = "events";
    query.filters.emplace_back("from", std::to_string(sequence));
    query.rows_max = page_rows;
    return query;
}

}  // namespace

Result<EventRows> rows_of(const Page& page) {
    auto parsed = ledger::text::parse_json(page.rows_json, {.bytes_max = page_bytes_max});
    const bool rows = parsed && parsed.value().is(Kind::array) &&
                      std::ranges::all_of(parsed.value().items(), [](const JsonValue& row) {
                          return row.is(Kind::object);
                      });
    if (!rows) return Error{Errc::corrupt, "a view answered what it should not", {}};
    return parsed.value().items();
}

std::string text_of(const JsonValue& row, std::string_view name) {
    const JsonValue* member = row.find(name);
    const bool text = member != nullptr && (member->is(Kind::string) || member->is(Kind::number));
    return text ? member->text() : std::string{};
}

ledger::EventId id_of(const JsonValue& row, std::string_view name) {
    const auto id = ledger::parse_event_id(text_of(row, name));
    return id ? id.value() : ledger::EventId{};
}

void write_row(ledger::text::JsonWriter& json, const JsonValue& value) {
    switch (value.kind()) {
        case Kind::null:
            return json.null();
        case Kind::boolean:
            return json.boolean(value.boolean());
        case Kind::number:
            return json.number_text(value.text());
        case Kind::string:
            return json.string(value.text());
        case Kind::array:
            json.begin_array();
            for (const JsonValue& item : value.items()) write_row(json, item);
            return json.end_array();
        case Kind::object:
            json.begin_object();
            for (const auto& [name, member] : value.members()) {
                json.key(name);
                write_row(json, member);
            }
            return json.end_object();
    }
}

asio::awaitable<Result<EventRows>> consequences_of(ApiContext& context, std::uint64_t sequence) {
    EventRows out;
    ledger::EventId cause;
    Query query = events_from(sequence);
    for (bool more = true; more;) {
        BOOST_OUTCOME_CO_TRY(const Page page, co_await context.queries.run(query));
        BOOST_OUTCOME_CO_TRY(EventRows rows, rows_of(page));
        if (cause.is_zero()) {
            if (rows.empty()) break;
            cause = id_of(rows.front(), "event_id");
            rows.erase(rows.begin());
        }
        more = take_consequences(std::move(rows), cause, out) && !page.next.empty();
        query.cursor = page.next;
    }
    co_return out;
}

asio::awaitable<Result<EventRows>> trail_of(ApiContext& context, std::string order) {
    EventRows out;
    Query query = events_from(1);
    query.filters.emplace_back("order", std::move(order));
    for (bool more = true; more;) {
        auto page = co_await context.queries.run(query);
        if (!page && page.error().code == Errc::not_found) break;
        if (!page) co_return page.error();
        BOOST_OUTCOME_CO_TRY(EventRows rows, rows_of(page.value()));
        std::ranges::move(rows, std::back_inserter(out));
        if (out.size() > page_rows) {
            out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(page_rows));
        }
        query.cursor = page.value().next;
        more = !query.cursor.empty();
    }
    co_return out;
}

}  // namespace ingest
