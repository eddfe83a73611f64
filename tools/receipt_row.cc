#include "tools/receipt_row.h"

#include "ledger/text/json_value.h"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace tools {

using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::text::JsonValue;
using projections::Row;

namespace {

// What is the same as before was recorded by no event.
std::string id_text(const ledger::EventId& id) {
    return id.is_zero() ? std::string{} : to_text(id);
}

Row row_of(std::string_view event_id, std::string_view sequence, bool duplicate) {
    Row row;
    row.text("event_id", event_id).text("sequence", sequence).boolean("duplicate", duplicate);
    return row;
}

bool is_any(const JsonValue* value, std::initializer_list<JsonValue::Kind> kinds) {
    return value != nullptr && std::ranges::find(kinds, value->kind()) != kinds.end();
}

}  // namespace

Row receipt_row(const ledger::Receipt& receipt) {
    return row_of(id_text(receipt.event_id), std::to_string(receipt.sequence), receipt.duplicate);
}

Result<Row> receipt_row_of(std::string_view answer) {
    using enum JsonValue::Kind;
    const auto parsed = ledger::text::parse_json(answer);
    const JsonValue document = parsed ? parsed.value() : JsonValue{};
    const JsonValue* event_id = document.find("event_id");
    const JsonValue* sequence = document.find("sequence");
    const JsonValue* duplicate = document.find("duplicate");
    if (!is_any(event_id, {string, null}) || !is_any(sequence, {number}) ||
        !is_any(duplicate, {boolean})) {
        return Error{Errc::unavailable, "the server did it and answers what cannot be read", {}};
    }
    const std::string id = event_id->is(string) ? event_id->text() : std::string{};
    return row_of(id, sequence->text(), duplicate->boolean());
}

}  // namespace tools
