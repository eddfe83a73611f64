#include "tools/brokersim/xts_fields.h"

#include "ledger/text/decimal.h"

#include <algorithm>
#include <array>
#include <string>

namespace tools::brokersim {

namespace {

using ledger::OrderTerms;
using ledger::OrderType;
using ledger::Price;
using ledger::Product;
using ledger::Quantity;
using ledger::Result;
using ledger::Segment;
using ledger::Side;
using ledger::TimeInForce;
using ledger::text::JsonValue;
using ledger::text::JsonWriter;

constexpr std::size_t text_bytes_max = 64;

template <class Value>
struct Word {
    std::string_view text;
    Value value;
};

constexpr std::array<Word<Segment>, 6> segments{{{"NSECM", Segment::nse_cash},
                                                 {"NSEFO", Segment::nse_derivatives},
                                                 {"NSECD", Segment::nse_currency},
                                                 {"BSECM", Segment::bse_cash},
                                                 {"BSEFO", Segment::bse_derivatives},
                                                 {"MCXFO", Segment::mcx_derivatives}}};
constexpr std::array<Word<OrderType>, 4> order_types{{{"MARKET", OrderType::market},
                                                      {"LIMIT", OrderType::limit},
                                                      {"STOPLIMIT", OrderType::stop_limit},
                                                      {"STOPMARKET", OrderType::stop}}};
constexpr std::array<Word<Product>, 3> products{
    {{"MIS", Product::intraday}, {"CNC", Product::delivery}, {"NRML", Product::carry}}};
constexpr std::array<Word<Side>, 2> sides{{{"BUY", Side::buy}, {"SELL", Side::sell}}};
constexpr std::array<Word<TimeInForce>, 2> validities{
    {{"DAY", TimeInForce::day}, {"IOC", TimeInForce::ioc}}};

template <class Value, std::size_t N>
Result<Value> read_word(const JsonValue& body, std::string_view field,
                        const std::array<Word<Value>, N>& words) {
    BOOST_OUTCOME_TRY(const std::string text, read_text(body, field));
    const auto found = std::ranges::find(words, text, &Word<Value>::text);
    if (found != words.end()) return found->value;
    std::string allowed;
    for (const auto& word : words)
        allowed += (allowed.empty() ? "" : ", ") + std::string{word.text};
    return ledger::invalid_field(std::string{field}, "must be one of [" + allowed + "]");
}

Result<Quantity> read_quantity(const JsonValue& body, std::string_view field) {
    BOOST_OUTCOME_TRY(const std::int64_t value, read_scaled(body, field, 0));
    return Quantity{value};
}

// A member that is absent is 0: clients leave out the prices that their order type has not.
Result<std::int64_t> read_optional(const JsonValue& body, std::string_view field, int scale) {
    if (!body.find(field)) return 0;
    return read_scaled(body, field, scale);
}

std::string request_field(const std::string& ledger_field, const TermNames& names) {
    if (ledger_field == "quantity") return std::string{names.quantity};
    if (ledger_field == "price") return std::string{names.price};
    return std::string{names.trigger};
}

Result<OrderTerms> read_terms(const JsonValue& body, const TermNames& names) {
    OrderTerms terms;
    BOOST_OUTCOME_TRY(terms.type, read_word(body, names.type, order_types));
    BOOST_OUTCOME_TRY(terms.product, read_word(body, names.product, products));
    BOOST_OUTCOME_TRY(terms.time_in_force, read_word(body, names.time_in_force, validities));
    BOOST_OUTCOME_TRY(terms.quantity, read_quantity(body, names.quantity));
    BOOST_OUTCOME_TRY(const std::int64_t price,
                      read_optional(body, names.price, ledger::price_scale));
    BOOST_OUTCOME_TRY(const std::int64_t trigger,
                      read_optional(body, names.trigger, ledger::price_scale));
    // A price that the order type does not use is ignored, as the broker does.
    if (ledger::has_limit_price(terms.type)) terms.price = Price{price};
    if (ledger::has_trigger(terms.type)) terms.trigger = Price{trigger};
    const Result<void> valid = ledger::validate(terms);
    if (!valid)
        return ledger::invalid_field(request_field(valid.error().field, names),
                                     valid.error().detail);
    return terms;
}

Result<Quantity> read_disclosed(const JsonValue& body, const TermNames& names, Quantity whole) {
    BOOST_OUTCOME_TRY(const std::int64_t value, read_optional(body, names.disclosed, 0));
    if (value < 0 || value > whole.value())
        return ledger::invalid_field(std::string{names.disclosed}, "must lie within the quantity");
    return Quantity{value};
}

}  // namespace

std::string_view request_word(OrderType type) {
    return std::ranges::find(order_types, type, &Word<OrderType>::value)->text;
}

std::string_view answer_word(OrderType type) {
    switch (type) {
        case OrderType::market:
            return "Market";
        case OrderType::limit:
            return "Limit";
        case OrderType::stop:
            return "StopMarket";
        case OrderType::stop_limit:
            return "StopLimit";
    }
    return "";
}

std::string_view answer_word(Side side) {
    return side == Side::buy ? "Buy" : "Sell";
}

std::optional<Segment> segment_of(std::string_view word) {
    const auto found = std::ranges::find(segments, word, &Word<Segment>::text);
    return found == segments.end() ? std::nullopt : std::optional{found->value};
}

Result<std::int64_t> read_scaled(const JsonValue& body, std::string_view field, int scale) {
    const JsonValue* value = body.find(field);
    if (!value) return ledger::invalid_field(std::string{field}, "is required");
    if (value->is(JsonValue::Kind::number) || value->is(JsonValue::Kind::string)) {
        const auto scaled = ledger::text::parse_scaled(value->text(), scale);
        if (scaled) return scaled.value();
    }
    return ledger::invalid_field(std::string{field}, "must be a number");
}

Result<std::string> read_text(const JsonValue& body, std::string_view field) {
    const JsonValue* value = body.find(field);
    if (!value) return ledger::invalid_field(std::string{field}, "is required");
    if (!value->is(JsonValue::Kind::string) || value->text().size() > text_bytes_max)
        return ledger::invalid_field(std::string{field}, "must be a string of at most 64 bytes");
    return value->text();
}

std::string optional_text(const JsonValue& body, std::string_view field) {
    const JsonValue* value = body.find(field);
    if (!value || !value->is(JsonValue::Kind::string) || value->text() == "undefined") return {};
    return value->text();
}

Result<InstrumentKey> read_instrument(const JsonValue& body) {
    InstrumentKey instrument;
    BOOST_OUTCOME_TRY(instrument.segment, read_word(body, "exchangeSegment", segments));
    BOOST_OUTCOME_TRY(instrument.token, read_scaled(body, "exchangeInstrumentID", 0));
    if (instrument.token <= 0)
        return ledger::invalid_field("exchangeInstrumentID", "must be a positive number");
    return instrument;
}

Result<OrderRequest> read_place(const JsonValue& body) {
    if (!body.is(JsonValue::Kind::object))
        return ledger::invalid_field("body", "must be an object");
    OrderRequest request;
    BOOST_OUTCOME_TRY(request.instrument, read_instrument(body));
    BOOST_OUTCOME_TRY(request.terms, read_terms(body, place_names));
    BOOST_OUTCOME_TRY(request.terms.side, read_word(body, "orderSide", sides));
    BOOST_OUTCOME_TRY(request.disclosed, read_disclosed(body, place_names, request.terms.quantity));
    BOOST_OUTCOME_TRY(request.reference, read_text(body, "orderUniqueIdentifier"));
    if (body.find("apiOrderSource")) {
        BOOST_OUTCOME_TRY(request.source, read_text(body, "apiOrderSource"));
    }
    request.client_id = optional_text(body, "clientID");
    if (request.client_id.size() > text_bytes_max)
        return ledger::invalid_field("clientID", "must be a string of at most 64 bytes");
    return request;
}

Result<Modification> read_modify(const JsonValue& body) {
    if (!body.is(JsonValue::Kind::object))
        return ledger::invalid_field("body", "must be an object");
    Modification change;
    BOOST_OUTCOME_TRY(const std::int64_t id, read_scaled(body, "appOrderID", 0));
    change.id = AppOrderId{id};
    BOOST_OUTCOME_TRY(change.terms, read_terms(body, modify_names));
    BOOST_OUTCOME_TRY(change.disclosed, read_disclosed(body, modify_names, change.terms.quantity));
    change.client_id = optional_text(body, "clientID");
    return change;
}

void write_instrument(JsonWriter& json, const InstrumentKey& instrument) {
    json.member("exchangeSegment", ledger::to_text(instrument.segment));
    json.member_number("exchangeInstrumentID", instrument.token);
}

void write_terms(JsonWriter& json, const OrderTerms& terms, const TermNames& names) {
    json.member(names.type, request_word(terms.type));
    json.member(names.product, ledger::to_text(terms.product));
    json.member(names.time_in_force, ledger::to_text(terms.time_in_force));
    json.member_number(names.quantity, terms.quantity.value());
    write_price(json, names.price, terms.price);
    write_price(json, names.trigger, terms.trigger);
}

void write_price(JsonWriter& json, std::string_view name, Price price) {
    json.key(name);
    json.number_text(ledger::text::format_scaled(price.value(), ledger::price_scale));
}

}  // namespace tools::brokersim
