#include "executors/brokers/xts/xts_wire.h"

#include "ledger/base/overloaded.h"
#include "ledger/text/decimal.h"
#include "ledger/text/json_writer.h"

#include <utility>

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace executors::xts {

using ledger::OrderType;
using ledger::text::JsonValue;
using ledger::text::JsonWriter;

namespace {

std::string_view word_of(OrderType type) {
    switch (type) {
        case OrderType::market:
            return "MARKET";
        case OrderType::limit:
            return "LIMIT";
        case OrderType::stop:
            return "STOPMARKET";
        case OrderType::stop_limit:
            return "STOPLIMIT";
    }
    return "?";
}

std::string price_text(ledger::Price price) {
    return ledger::text::format_scaled(price.value(), ledger::price_scale);
}

void member_verbatim(JsonWriter& json, std::string_view name, std::string_view number) {
    json.key(name);
    json.number_text(number);
}

// The first of these that the account has.
std::string credential(const BrokerAccount& account, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        const auto found = account.credentials.find(name);
        if (found != account.credentials.end() && !found->second.empty()) return found->second;
    }
    return {};
}

std::string query_value(std::string_view text) {
    return boost::urls::encode(boost::urls::string_view{text.data(), text.size()},
                               boost::urls::unreserved_chars);
}

ledger::Error no_number(std::string field) {
    return ledger::invalid_field(std::move(field), "is not a number as XTS knows it");
}

Session session_of(const JsonValue& result) {
    Session session;
    session.token = text_of(result.find("token"));
    session.user_id = text_of(result.find("userID"));
    const JsonValue* investor = result.find("isInvestorClient");
    session.is_investor =
        investor != nullptr && investor->is(JsonValue::Kind::boolean) && investor->boolean();
    const JsonValue* codes = result.find("clientCodes");
    if (codes != nullptr && codes->is(JsonValue::Kind::array)) {
        for (const JsonValue& code : codes->items()) session.client_codes.push_back(text_of(&code));
    }
    return session;
}

// Whether the reference in an answer can be ours: brokers may cut it or change its case.
bool may_be(std::string_view answered, std::string_view sent) {
    return upper(sent).starts_with(upper(answered));
}

OrderAnswer accepted_order(const JsonValue& result, const Expected& expected) {
    if (!may_be(text_of(result.find("OrderUniqueIdentifier")), expected.cl_ord_id)) {
        return Unknown{"the answer names another client reference"};
    }
    const JsonValue* named = result.find("AppOrderID");
    std::string id = text_of(named);
    if (id.empty() && !expected.broker_order_id.empty()) id = expected.broker_order_id;
    if (!is_plain_number(id)) return Unknown{"the answer names no order"};
    if (!expected.broker_order_id.empty() && id != expected.broker_order_id) {
        return Unknown{"the answer names another order"};
    }
    return Accepted{std::move(id)};
}

}  // namespace

ledger::Result<std::string> login_body(const BrokerAccount& account) {
    // Desks that know their pair as a user id and a password give it under those names.
    const std::string secret = credential(account, {"secretKey", "password"});
    const std::string key = credential(account, {"appKey", "userId"});
    if (secret.empty() || key.empty()) {
        return ledger::Error{ledger::Errc::not_allowed, "the account has no appKey and secretKey",
                             "credentials"};
    }
    std::string body;
    JsonWriter json{body};
    json.begin_object();
    json.member("secretKey", secret);
    json.member("appKey", key);
    json.member("source", "WEBAPI");
    json.end_object();
    return body;
}

LoginAnswer parse_login_answer(RawAnswer answer) {
    return std::visit(ledger::Overloaded{[](const Success& success) -> LoginAnswer {
                                             Session session = session_of(success.result);
                                             if (session.token.empty())
                                                 return Unknown{"the login answer holds no token"};
                                             return session;
                                         },
                                         [](Refused refused) -> LoginAnswer { return refused; },
                                         [](SessionInvalid invalid) -> LoginAnswer {
                                             return Refused{.code = std::move(invalid.code),
                                                            .text = std::move(invalid.text),
                                                            .retryable = false};
                                         },
                                         [](Unknown unknown) -> LoginAnswer { return unknown; }},
                      meaning_of(answer));
}

ledger::Result<std::string> place_body(const BrokerAccount& account, const PlaceRequest& request) {
    const auto& [cl_ord_id, instrument, terms] = request;
    if (!is_plain_number(instrument.token)) return no_number("token");
    std::string body;
    JsonWriter json{body};
    json.begin_object();
    json.member("exchangeSegment", to_text(instrument.segment));
    member_verbatim(json, "exchangeInstrumentID", instrument.token);
    json.member("productType", to_text(terms.product));
    json.member("orderType", word_of(terms.type));
    json.member("orderSide", to_text(terms.side));
    json.member("timeInForce", to_text(terms.time_in_force));
    json.member_number("disclosedQuantity", 0);
    json.member_number("orderQuantity", terms.quantity.value());
    member_verbatim(json, "limitPrice", price_text(terms.price));
    member_verbatim(json, "stopPrice", price_text(terms.trigger));
    json.member("orderUniqueIdentifier", cl_ord_id.view());
    json.member("apiOrderSource", "");
    json.member("clientID", account.code);
    json.end_object();
    return body;
}

ledger::Result<std::string> modify_body(const BrokerAccount& account,
                                        const ModifyRequest& request) {
    const auto& [cl_ord_id, broker_order_id, terms] = request;
    if (!is_plain_number(broker_order_id)) return no_number("broker_order_id");
    std::string body;
    JsonWriter json{body};
    json.begin_object();
    member_verbatim(json, "appOrderID", broker_order_id);
    json.member("modifiedProductType", to_text(terms.product));
    json.member("modifiedOrderType", word_of(terms.type));
    json.member_number("modifiedOrderQuantity", terms.quantity.value());
    json.member_number("modifiedDisclosedQuantity", 0);
    member_verbatim(json, "modifiedLimitPrice", price_text(terms.price));
    member_verbatim(json, "modifiedStopPrice", price_text(terms.trigger));
    json.member("modifiedTimeInForce", to_text(terms.time_in_force));
    json.member("orderUniqueIdentifier", cl_ord_id.view());
    json.member("clientID", account.code);
    json.end_object();
    return body;
}

ledger::Result<std::string> cancel_target(const BrokerAccount& account,
                                          const CancelRequest& request) {
    if (!is_plain_number(request.broker_order_id)) return no_number("broker_order_id");
    std::string target = "/orders?appOrderID=" + request.broker_order_id;
    target.append("&orderUniqueIdentifier=").append(request.cl_ord_id.view());
    return target.append("&clientID=").append(query_value(account.code));
}

std::string book_target(const BrokerAccount& account, const Session& session) {
    if (session.is_investor) return "/orders";
    return "/orders?clientID=" + query_value(account.code);
}

OrderAnswer parse_order_answer(RawAnswer answer, const Expected& expected) {
    return std::visit(
        ledger::Overloaded{
            [&](const Success& success) { return accepted_order(success.result, expected); },
            [](Refused refused) -> OrderAnswer { return refused; },
            [](SessionInvalid invalid) -> OrderAnswer { return invalid; },
            [](Unknown unknown) -> OrderAnswer { return unknown; }},
        meaning_of(answer));
}

}  // namespace executors::xts
