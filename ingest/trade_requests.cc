#include "ingest/trade_requests.h"

#include "ingest/body_fields.h"
#include "ingest/instant.h"
#include "ledger/text/words.h"

#include <array>
#include <string_view>
#include <utility>

namespace ingest {

namespace {

using ledger::Errc;
using ledger::Error;
using ledger::invalid_field;
using ledger::MasterOrderReported;
using ledger::OrderTerms;
using ledger::Price;
using ledger::Quantity;
using ledger::Result;
using ledger::text::JsonValue;
using Type = Modification::Type;

// Names the field as a member of the object that holds it.
Error within(std::string_view object, const Error& error) {
    Error out = error;
    if (!out.field.empty()) out.field = std::string{object} + "." + out.field;
    return out;
}

Result<const JsonValue*> required_object(const JsonValue& body, std::string_view name) {
    return required(name, BodyFields{body}.object(name));
}

// ---- a new order

Result<ledger::Instrument> read_instrument(const BodyFields& fields) {
    ledger::Instrument instrument;
    BOOST_OUTCOME_TRY(instrument.symbol, required("symbol", fields.text("symbol", code_bytes_max)));
    BOOST_OUTCOME_TRY(auto token, fields.code("scrip_code"));
    instrument.token = std::move(token).value_or("");
    BOOST_OUTCOME_TRY(instrument.segment, read_segment(fields));
    return instrument;
}

Result<OrderTerms> read_terms(const BodyFields& fields) {
    OrderTerms terms;
    BOOST_OUTCOME_TRY(terms.side,
                      required("side", fields.word("side", ledger::parse_side, "BUY or SELL")));
    BOOST_OUTCOME_TRY(terms.quantity, required("quantity", fields.quantity("quantity")));
    BOOST_OUTCOME_TRY(const auto price, fields.price("price"));
    BOOST_OUTCOME_TRY(const auto trigger, fields.price("trigger_price"));
    BOOST_OUTCOME_TRY(const auto type, fields.word("order_type", ledger::parse_order_type,
                                                   "MARKET, LIMIT, SL or SL-M"));
    BOOST_OUTCOME_TRY(const auto product,
                      fields.word("product", ledger::parse_product, "MIS, CNC or NRML"));
    const bool priced = price.value_or(Price{}).value() != 0;
    terms.type = type.value_or(priced ? ledger::OrderType::limit : ledger::OrderType::market);
    terms.product = product.value_or(ledger::Product::intraday);
    // Sources send the last traded price with market orders.
    if (ledger::has_limit_price(terms.type)) terms.price = price.value_or(Price{});
    if (ledger::has_trigger(terms.type)) terms.trigger = trigger.value_or(Price{});
    BOOST_OUTCOME_TRY(ledger::validate(terms));
    return terms;
}

Result<MasterOrderReported> read_order(const JsonValue& trade) {
    const BodyFields fields{trade};
    MasterOrderReported report;
    BOOST_OUTCOME_TRY(report.broker_order_id, required("id", fields.code("id")));
    BOOST_OUTCOME_TRY(report.instrument, read_instrument(fields));
    BOOST_OUTCOME_TRY(report.terms, read_terms(fields));
    report.type = ledger::MasterEventType::new_;
    report.status = "NEW";
    report.channel = trades_channel;
    return report;
}

// ---- a modification

constexpr std::array<ledger::Word<Type>, 4> type_words{{
    {"STOPLOSS", Type::stop_loss},
    {"TARGET", Type::target},
    {"PRICE", Type::price},
    {"QUANTITY", Type::quantity},
}};

std::optional<Type> parse_type(std::string_view text) {
    return ledger::find_word(type_words, text);
}

Result<Modification> read_change(const JsonValue& change) {
    const BodyFields fields{change};
    Modification out;
    BOOST_OUTCOME_TRY(out.type, required("type", fields.word("type", parse_type,
                                                             "STOPLOSS, TARGET, PRICE or "
                                                             "QUANTITY")));
    if (out.type == Type::quantity) {
        BOOST_OUTCOME_TRY(out.quantity, required("value", fields.quantity("value")));
        return out;
    }
    BOOST_OUTCOME_TRY(out.price, required("value", fields.price("value")));
    if (out.price.value() <= 0) return invalid_field("value", "must be positive");
    if (out.price.value() > ledger::price_max) return invalid_field("value", "is too large");
    return out;
}

Error refused(std::string detail) {
    return Error{Errc::not_allowed, std::move(detail), "modification.type"};
}

Result<OrderTerms> changed_terms(const OrderTerms& present, const Modification& modification) {
    OrderTerms terms = present;
    switch (modification.type) {
        case Type::quantity:
            terms.quantity = modification.quantity;
            return terms;
        case Type::price:
            if (!ledger::has_limit_price(terms.type)) {
                return refused("The order has no limit price that could be changed.");
            }
            terms.price = modification.price;
            return terms;
        case Type::stop_loss:
            if (!ledger::has_trigger(terms.type)) break;
            terms.trigger = modification.price;
            return terms;
        case Type::target:
            break;
    }
    return refused("Protective orders are not in this version: the order has no trigger price.");
}

}  // namespace

Result<MasterOrderReported> read_trade(const JsonValue& body) {
    BOOST_OUTCOME_TRY(const JsonValue* trade, required_object(body, "trade"));
    auto report = read_order(*trade);
    if (!report) return within("trade", report.error());
    return report;
}

Result<int> read_wait_ms(const JsonValue& body) {
    BOOST_OUTCOME_TRY(const auto given, BodyFields{body}.integer("wait_ms"));
    if (!given) return wait_ms_default;
    if (*given < 0 || *given > wait_ms_max) {
        return invalid_field("wait_ms", "must be between 0 and " + std::to_string(wait_ms_max));
    }
    return static_cast<int>(*given);
}

Result<OrderName> read_order_name(const JsonValue& body) {
    const BodyFields fields{body};
    OrderName name;
    BOOST_OUTCOME_TRY(name.master, fields.code("masterId"));
    BOOST_OUTCOME_TRY(name.order, required("masterOrderId", fields.code("masterOrderId")));
    return name;
}

Result<ledger::ExitScope> read_scope(const JsonValue& body) {
    const auto parse = [](std::string_view text) -> std::optional<ledger::ExitScope> {
        const std::string word = ledger::upper_case(text);
        for (const auto scope : {ledger::ExitScope::order, ledger::ExitScope::position}) {
            if (word == ledger::to_text(scope)) return scope;
        }
        return std::nullopt;
    };
    BOOST_OUTCOME_TRY(const auto given, BodyFields{body}.word<ledger::ExitScope>(
                                            "scope", parse, "ORDER or POSITION"));
    return given.value_or(ledger::ExitScope::order);
}

Result<Modification> read_modification(const JsonValue& body) {
    BOOST_OUTCOME_TRY(const JsonValue* change, required_object(body, "modification"));
    auto out = read_change(*change);
    if (!out) return within("modification", out.error());
    return out;
}

Result<MasterOrderReported> modified(const ledger::replication::State& state,
                                     const ledger::replication::MasterOrder& order,
                                     const Modification& modification) {
    MasterOrderReported report;
    BOOST_OUTCOME_TRY(report.terms, changed_terms(order.terms, modification));
    if (report.terms.quantity < order.cum_qty) {
        return invalid_field("modification.value", "must not be below what is filled already");
    }
    report.account = order.account;
    report.broker_order_id = order.broker_order_id;
    report.type = ledger::MasterEventType::modified;
    report.instrument = state.instrument_of(order);
    report.cum_qty = order.cum_qty;
    report.status = "MODIFIED";
    report.channel = trades_channel;
    return report;
}

}  // namespace ingest
