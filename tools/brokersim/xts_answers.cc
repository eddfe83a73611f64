#include "tools/brokersim/xts_answers.h"

#include "ledger/text/json_writer.h"
#include "tools/brokersim/xts_rows.h"

#include <array>
#include <utility>

namespace tools::brokersim {

namespace {

using ingest::http::Response;
using ledger::Errc;
using ledger::Money;
using ledger::text::JsonWriter;

Response json_answer(int status, std::string text) {
    return Response{status, "application/json; charset=utf-8", std::move(text)};
}

struct StatusAndCode {
    int status;
    std::string_view code;
};

// The broker's codes for "closed order", "no room" and "reference used before" are not known; these
// three are the simulator's own.
StatusAndCode status_and_code(Errc errc) {
    switch (errc) {
        case Errc::invalid_input:
            return {400, "e-property-validation-failed"};
        case Errc::not_found:
            return {400, "e-orders-0005"};
        case Errc::conflict:
            return {400, "e-orders-sim-repeated"};
        case Errc::not_allowed:
            return {400, "e-orders-sim-closed"};
        case Errc::overloaded:
            return {400, "e-orders-sim-full"};
        case Errc::unavailable:
        case Errc::corrupt:
        case Errc::storage_failed:
            break;
    }
    return {500, "e-sim-0001"};
}

void write_field_error(JsonWriter& json, const ledger::Error& error) {
    json.key("errors");
    json.begin_array();
    json.begin_object();
    json.key("field");
    json.begin_array();
    json.string(error.field);
    json.end_array();
    json.key("messages");
    json.begin_array();
    json.string("\"" + error.field + "\" " + error.detail);
    json.end_array();
    json.end_object();
    json.end_array();
}

void write_segments(JsonWriter& json) {
    constexpr std::array segments{
        ledger::Segment::nse_cash,        ledger::Segment::nse_derivatives,
        ledger::Segment::nse_currency,    ledger::Segment::bse_cash,
        ledger::Segment::bse_derivatives, ledger::Segment::mcx_derivatives};
    json.key("exchangeSegmentArray");
    json.begin_array();
    for (const ledger::Segment segment : segments) {
        json.begin_object();
        json.member("key", ledger::to_text(segment));
        json.member_number("value", static_cast<std::int64_t>(segment));
        json.end_object();
    }
    json.end_array();
}

void write_words(JsonWriter& json, std::string_view name,
                 const std::vector<std::string_view>& words) {
    json.key(name);
    json.begin_array();
    for (const std::string_view word : words) json.string(word);
    json.end_array();
}

void write_enums(JsonWriter& json) {
    json.key("enums");
    json.begin_object();
    write_words(json, "exchangeSegments", {"NSECM", "NSEFO", "NSECD", "BSECM", "BSEFO", "MCXFO"});
    write_words(json, "productType", {"MIS", "NRML", "CNC"});
    write_words(json, "orderType", {"MARKET", "LIMIT", "STOPLIMIT", "STOPMARKET"});
    write_words(json, "orderSide", {"BUY", "SELL"});
    write_words(json, "timeInForce", {"DAY", "IOC"});
    write_words(json, "orderStatus",
                {"New", "Trigger Pending", "Replaced", "PartiallyFilled", "Filled", "Cancelled",
                 "Rejected"});
    json.end_object();
}

}  // namespace

Response xts_success(std::string_view code, std::string_view description, std::string_view result) {
    std::string text;
    text.reserve(result.size() + 128);
    text.append(R"({"type":"success","code":")").append(code);
    text.append(R"(","description":")").append(description);
    text.append(R"(","result":)").append(result).append("}");
    return json_answer(200, std::move(text));
}

Response xts_error(int status, std::string_view code, std::string_view description) {
    std::string text;
    JsonWriter json{text};
    json.begin_object();
    json.member("type", "error");
    json.member("code", code);
    json.member("description", description);
    json.key("result");
    json.begin_object();
    json.end_object();
    json.end_object();
    return json_answer(status, std::move(text));
}

Response xts_error(const ledger::Error& error) {
    const auto [status, code] = status_and_code(error.code);
    if (error.code != Errc::invalid_input) return xts_error(status, code, error.detail);
    std::string text;
    JsonWriter json{text};
    json.begin_object();
    json.member("type", "error");
    json.member("code", code);
    json.member("description", "The request is invalid: \"" + error.field + "\" " + error.detail);
    json.key("result");
    json.begin_object();
    json.member_number("status", status);
    write_field_error(json, error);
    json.end_object();
    json.end_object();
    return json_answer(status, std::move(text));
}

Response order_answer(const SimOrder& order) {
    std::string result;
    JsonWriter json{result};
    json.begin_object();
    json.member_number("AppOrderID", order.id.value());
    json.member("OrderUniqueIdentifier", order.request.reference);
    json.member("ClientID", order.request.client_id);
    json.end_object();
    return xts_success("s-orders-0001", "Request sent", result);
}

Response login_answer(const SimSessions::Login& login) {
    std::string result;
    JsonWriter json{result};
    json.begin_object();
    write_enums(json);
    write_words(json, "clientCodes", {login.session.client_id});
    write_segments(json);
    json.member("token", login.token);
    json.member("userID", login.session.client_id);
    json.member_boolean("isInvestorClient", !login.session.dealer);
    json.member_boolean("isOneTouchUser", false);
    json.end_object();
    return xts_success("s-user-0001", "Valid User.", result);
}

Response profile_answer(const std::string& client_id) {
    std::string result;
    JsonWriter json{result};
    json.begin_object();
    json.member("ClientId", client_id);
    json.member("ClientName", client_id);
    write_words(json, "ClientExchangeDetailsList",
                {"NSECM", "NSEFO", "NSECD", "BSECM", "BSEFO", "MCXFO"});
    json.end_object();
    return xts_success("s-user-0001", "Success", result);
}

Response balance_answer(Money cash) {
    std::string result;
    JsonWriter json{result};
    json.begin_object();
    json.key("BalanceList");
    json.begin_array();
    json.begin_object();
    json.member("limitHeader", "ALL|ALL|ALL");
    json.key("limitObject");
    json.begin_object();
    json.key("RMSSubLimits");
    json.begin_object();
    json.member("cashAvailable", price_text(cash.value()));
    json.member("marginUtilized", "0.00");
    json.member("netMarginAvailable", price_text(cash.value()));
    json.end_object();
    json.end_object();
    json.end_object();
    json.end_array();
    json.end_object();
    return xts_success("s-user-0001", "Success", result);
}

}  // namespace tools::brokersim
