// A JSON body, as each of the API's other requests would read it.
#include "ingest/body_fields.h"
#include "ingest/funds_requests.h"
#include "ingest/link_requests.h"
#include "ingest/marks_requests.h"
#include "ingest/risk_limits.h"
#include "ingest/trade_requests.h"
#include "ledger/text/json_value.h"
#include "ledger/text/json_writer.h"
#include "tests/fuzz/recording.h"
#include "tests/fuzz/target.h"

#include <string>

namespace fuzz {

namespace {

using ledger::text::JsonValue;

constexpr std::int64_t now_ns = 1'800'000'000'000'000'000;

void check_trade(const JsonValue& body) {
    if (const auto trade = ingest::read_trade(body)) {
        law(ledger::validate(trade.value().terms).has_value(), "an accepted order has legal terms");
        survives_recording(trade.value());
    }
    if (const auto wait = ingest::read_wait_ms(body)) {
        law(wait.value() >= 0 && wait.value() <= ingest::wait_ms_max, "a wait has an end");
    }
    if (const auto name = ingest::read_order_name(body)) {
        law(!name.value().order.empty(), "an order has a name");
    }
    if (const auto change = ingest::read_modification(body)) {
        const bool quantity = change.value().type == ingest::Modification::Type::quantity;
        law(quantity ? change.value().quantity.value() > 0 : change.value().price.value() > 0,
            "a changed term is positive");
    }
    if (const auto scope = ingest::read_scope(body)) {
        law(!to_text(scope.value()).empty(), "a scope has a name");
    }
}

void check_funds(const JsonValue& body) {
    if (const auto funds = ingest::read_funds(body); funds && funds.value()) {
        const auto& told = *funds.value();
        law(!told.equity || told.equity->value() >= 0, "nobody is worth less than nothing");
        law(!told.capital || told.capital->value() >= 0, "no capital is negative");
    }
    if (const auto as_of = ingest::read_as_of(body, now_ns)) {
        law(as_of.value() >= 0 && as_of.value() <= now_ns, "no figure is of the future");
    }
}

void check_limits(const ledger::RiskLimits& limits) {
    std::string text;
    ledger::text::JsonWriter json{text};
    json.begin_object();
    ingest::write_limits(json, limits);
    json.end_object();
    const auto body = ledger::text::parse_json(text);
    law(body.has_value(), "limits are shown as JSON");
    ledger::RiskLimits again;
    const ingest::BodyFields fields{body.value()};
    law(ingest::change_limits(fields, again).has_value(), "limits that are shown can be set");
    law(again == limits, "limits that are set as they are shown are the same");
    survives_recording(ledger::RiskLimitsSet{{}, limits});
}

void check_link(const JsonValue& body) {
    const auto link = ingest::read_link_change(body, ledger::LinkTerms{});
    if (!link) {
        law(!link.error().field.empty(), "a refusal names the field");
        return;
    }
    const ledger::SetLink& set = link.value();
    law(!set.ratio || set.ratio->numerator > 0, "a ratio is positive");
    law(!set.fixed_quantity || set.fixed_quantity->value() > 0, "a quantity is positive");
    if (set.limits) check_limits(*set.limits);
}

void check_marks(const JsonValue& list) {
    const auto marks = ingest::read_marks(list, now_ns);
    if (!marks) return;
    for (const ledger::Mark& mark : marks.value()) {
        law(mark.price.value() > 0, "a last price is positive");
    }
}

}  // namespace

void request_bodies(Input input) {
    const auto body = ledger::text::parse_json(input);
    if (!body) return;
    if (body.value().is(JsonValue::Kind::array)) return check_marks(body.value());
    if (!body.value().is(JsonValue::Kind::object)) return;
    check_trade(body.value());
    check_funds(body.value());
    check_link(body.value());
    ledger::RiskLimits limits;
    if (ingest::change_limits(ingest::BodyFields{body.value()}, limits)) check_limits(limits);
}

}  // namespace fuzz
