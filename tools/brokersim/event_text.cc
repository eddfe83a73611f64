#include "tools/brokersim/event_text.h"

#include "ledger/text/json_value.h"
#include "ledger/text/json_writer.h"
#include "ledger/text/rfc3339.h"
#include "tools/brokersim/xts_fields.h"

#include <utility>

namespace tools::brokersim {

namespace {

using ledger::Result;
using ledger::text::JsonValue;
using ledger::text::JsonWriter;

struct Head {
    AppOrderId id;
    std::int64_t at_ns = 0;
};

void write_time(JsonWriter& json, std::string_view name, std::int64_t unix_ns) {
    json.member(name, ledger::text::format_rfc3339(unix_ns));
}

void write_head(JsonWriter& json, std::string_view event, const Head& head) {
    json.member("event", event);
    json.member_number("appOrderID", head.id.value());
    write_time(json, "at", head.at_ns);
}

void write(JsonWriter& json, const OrderAccepted& event) {
    const OrderRequest& request = event.request;
    write_head(json, "accepted", {event.id, event.at_ns});
    if (event.visible_at_ns > event.at_ns) write_time(json, "visible_at", event.visible_at_ns);
    json.member("clientID", request.client_id);
    json.member("orderUniqueIdentifier", request.reference);
    write_instrument(json, request.instrument);
    json.member("orderSide", ledger::to_text(request.terms.side));
    write_terms(json, request.terms, place_names);
    json.member_number(place_names.disclosed, request.disclosed.value());
    json.member("apiOrderSource", request.source);
}

void write(JsonWriter& json, const OrderModified& event) {
    write_head(json, "modified", {event.id, event.at_ns});
    json.member("orderSide", ledger::to_text(event.terms.side));
    write_terms(json, event.terms, modify_names);
    json.member_number(modify_names.disclosed, event.disclosed.value());
}

void write(JsonWriter& json, const OrderCancelled& event) {
    write_head(json, "cancelled", {event.id, event.at_ns});
    json.member("why", event.why);
}

void write(JsonWriter& json, const OrderRejected& event) {
    write_head(json, "rejected", {event.id, event.at_ns});
    json.member("why", event.why);
}

void write(JsonWriter& json, const OrderTriggered& event) {
    write_head(json, "triggered", {event.id, event.at_ns});
}

void write(JsonWriter& json, const OrderFilled& event) {
    write_head(json, "filled", {event.id, event.at_ns});
    json.member_number("quantity", event.quantity.value());
    write_price(json, "price", event.price);
}

Result<std::int64_t> read_time(const JsonValue& line, std::string_view name) {
    const JsonValue* value = line.find(name);
    if (!value || !value->is(JsonValue::Kind::string))
        return ledger::invalid_field(std::string{name}, "must be a time");
    return ledger::text::parse_rfc3339(value->text());
}

Result<Head> read_head(const JsonValue& line) {
    Head head;
    BOOST_OUTCOME_TRY(const std::int64_t id, read_scaled(line, "appOrderID", 0));
    head.id = AppOrderId{id};
    BOOST_OUTCOME_TRY(head.at_ns, read_time(line, "at"));
    return head;
}

Result<OrderEvent> read_accepted(const JsonValue& line, const Head& head) {
    OrderAccepted event{head.id, {}, head.at_ns, head.at_ns};
    if (line.find("visible_at")) {
        BOOST_OUTCOME_TRY(event.visible_at_ns, read_time(line, "visible_at"));
    }
    BOOST_OUTCOME_TRY(event.request, read_place(line));
    // read_place takes the word "undefined" for an absent client; the journal means what it says.
    BOOST_OUTCOME_TRY(event.request.client_id, read_text(line, "clientID"));
    return OrderEvent{std::move(event)};
}

Result<OrderEvent> read_modified(const JsonValue& line, const Head& head) {
    OrderModified event{head.id, {}, {}, head.at_ns};
    BOOST_OUTCOME_TRY(const Modification change, read_modify(line));
    BOOST_OUTCOME_TRY(const std::string side, read_text(line, "orderSide"));
    event.terms = change.terms;
    event.terms.side = side == "BUY" ? ledger::Side::buy : ledger::Side::sell;
    event.disclosed = change.disclosed;
    return OrderEvent{event};
}

Result<OrderEvent> read_filled(const JsonValue& line, const Head& head) {
    BOOST_OUTCOME_TRY(const std::int64_t quantity, read_scaled(line, "quantity", 0));
    BOOST_OUTCOME_TRY(const std::int64_t price, read_scaled(line, "price", ledger::price_scale));
    return OrderEvent{
        OrderFilled{head.id, head.at_ns, ledger::Quantity{quantity}, ledger::Price{price}}};
}

std::string read_why(const JsonValue& line) {
    const JsonValue* why = line.find("why");
    return why && why->is(JsonValue::Kind::string) ? why->text() : std::string{};
}

}  // namespace

void append_event(std::string& out, const OrderEvent& event) {
    JsonWriter json{out};
    json.begin_object();
    std::visit([&json](const auto& fact) { write(json, fact); }, event);
    json.end_object();
    out += '\n';
}

Result<OrderEvent> parse_event(std::string_view line) {
    BOOST_OUTCOME_TRY(const JsonValue json, ledger::text::parse_json(line));
    if (!json.is(JsonValue::Kind::object))
        return ledger::invalid_field("event", "is not an object");
    BOOST_OUTCOME_TRY(const std::string kind, read_text(json, "event"));
    BOOST_OUTCOME_TRY(const Head head, read_head(json));
    if (kind == "accepted") return read_accepted(json, head);
    if (kind == "modified") return read_modified(json, head);
    if (kind == "cancelled") return OrderEvent{OrderCancelled{head.id, head.at_ns, read_why(json)}};
    if (kind == "rejected") return OrderEvent{OrderRejected{head.id, head.at_ns, read_why(json)}};
    if (kind == "triggered") return OrderEvent{OrderTriggered{head.id, head.at_ns}};
    if (kind == "filled") return read_filled(json, head);
    return ledger::invalid_field("event", "unknown kind: " + kind);
}

}  // namespace tools::brokersim
