#include "tools/brokersim/xts_rows.h"

#include "ledger/text/decimal.h"
#include "ledger/text/json_writer.h"
#include "ledger/text/rfc3339.h"
#include "tools/brokersim/xts_fields.h"

namespace tools::brokersim {

namespace {

using ledger::text::JsonWriter;

constexpr std::int64_t ist_offset_ns = 19'800'000'000'000;  // +05:30
constexpr std::size_t ist_with_seconds = 19;
constexpr std::size_t ist_with_seven_decimals = 27;
constexpr std::string_view no_date = "1980-01-01T00:00:00";

std::string average_price(const OrderMoment& moment) {
    const std::int64_t filled = moment.cum_qty.value();
    if (filled == 0) return {};
    return price_text((moment.traded.value() + filled / 2) / filled);
}

ledger::Quantity leaves_of(const OrderMoment& moment) {
    return is_open(moment.state) ? moment.terms.quantity - moment.cum_qty : ledger::Quantity{0};
}

void write_identity(JsonWriter& json, const SimOrder& order) {
    json.member("LoginID", order.request.client_id);
    json.member("ClientID", order.request.client_id);
    json.member_number("AppOrderID", order.id.value());
    json.member("OrderReferenceID", "");
    json.member("GeneratedBy", "TWSAPI");
    json.member("ExchangeOrderID", "X_" + std::to_string(order.id.value()));
    json.member("OrderCategoryType", "NORMAL");
    json.member("ExchangeSegment", ledger::to_text(order.request.instrument.segment));
    json.member_number("ExchangeInstrumentID", order.request.instrument.token);
}

void write_state(JsonWriter& json, const OrderMoment& moment) {
    const ledger::OrderTerms& terms = moment.terms;
    json.member("OrderSide", answer_word(terms.side));
    json.member("OrderType", answer_word(terms.type));
    json.member("ProductType", ledger::to_text(terms.product));
    json.member("TimeInForce", ledger::to_text(terms.time_in_force));
    write_price(json, "OrderPrice", terms.price);
    json.member_number("OrderQuantity", terms.quantity.value());
    write_price(json, "OrderStopPrice", terms.trigger);
    json.member("OrderStatus", to_text(moment.state));
    json.member("OrderAverageTradedPrice", average_price(moment));
    json.member_number("LeavesQuantity", leaves_of(moment).value());
    json.member_number("CumulativeQuantity", moment.cum_qty.value());
    json.member_number("OrderDisclosedQuantity", moment.disclosed.value());
}

void write_rest(JsonWriter& json, const SimOrder& order, const OrderMoment& moment,
                std::int64_t version) {
    const std::string updated = format_ist(moment.at_ns);
    json.member("OrderGeneratedDateTime", format_ist(order.accepted_at_ns));
    json.member("ExchangeTransactTime", updated.substr(0, ist_with_seconds) + "+05:30");
    json.member("LastUpdateDateTime", updated);
    json.member("OrderExpiryDate", no_date);
    json.member("CancelRejectReason", moment.text);
    json.member("OrderUniqueIdentifier", order.request.reference);
    json.member("OrderLegStatus", "SingleOrderLeg");
    json.member_boolean("IsSpread", false);
    json.member_number("MessageCode", 9004);
    json.member_number("MessageVersion", version);
    json.member_number("TokenID", 0);
    json.member_number("ApplicationType", 0);
    json.member_number("SequenceNumber", moment.at_ns / 1'000);
    json.member("ApiOrderSource", order.request.source);
}

void write_order(JsonWriter& json, const SimOrder& order, const OrderMoment& moment,
                 std::int64_t version) {
    write_identity(json, order);
    write_state(json, moment);
    write_rest(json, order, moment, version);
}

std::int64_t versions(const SimOrder& order) {
    return static_cast<std::int64_t>(order.history.size());
}

}  // namespace

std::string price_text(std::int64_t value) {
    std::string text = ledger::text::format_scaled(value, ledger::price_scale);
    const std::size_t point = text.find('.');
    if (point == std::string::npos) return text + ".00";
    if (text.size() - point == 2) text += '0';
    return text;
}

std::string format_ist(std::int64_t unix_ns) {
    return ledger::text::format_rfc3339(unix_ns + ist_offset_ns).substr(0, ist_with_seven_decimals);
}

std::string book_rows(const std::vector<const SimOrder*>& orders) {
    std::string rows;
    JsonWriter json{rows};
    json.begin_array();
    for (const SimOrder* order : orders) {
        json.begin_object();
        write_order(json, *order, order->now(), versions(*order));
        json.end_object();
    }
    json.end_array();
    return rows;
}

std::string history_rows(const SimOrder& order) {
    std::string rows;
    JsonWriter json{rows};
    json.begin_array();
    std::int64_t version = 0;
    for (const OrderMoment& moment : order.history) {
        json.begin_object();
        write_order(json, order, moment, ++version);
        json.end_object();
    }
    json.end_array();
    return rows;
}

std::string trade_rows(const std::vector<TradeOfOrder>& trades) {
    std::string rows;
    JsonWriter json{rows};
    json.begin_array();
    for (const auto& [trade, order] : trades) {
        json.begin_object();
        write_order(json, *order, order->now(), versions(*order));
        write_price(json, "LastTradedPrice", trade->price);
        json.member_number("LastTradedQuantity", trade->quantity.value());
        json.member("LastExecutionTransactTime", format_ist(trade->at_ns));
        json.member("ExecutionID", std::to_string(trade->execution_id));
        json.member_number("ExecutionReportIndex", trade->report_index);
        json.end_object();
    }
    json.end_array();
    return rows;
}

}  // namespace tools::brokersim
