#include "ingest/blaze_webhook.h"

#include "ingest/body_fields.h"
#include "ingest/instant.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace ingest {

namespace {

using ledger::invalid_field;
using ledger::MasterEventType;
using ledger::OrderTerms;
using ledger::Price;
using ledger::Quantity;
using ledger::Result;
using ledger::SourceVersion;

std::optional<MasterEventType> parse_event_type(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, MasterEventType>, 6> words{{
        {"order_placed", MasterEventType::new_},
        {"order_modified", MasterEventType::modified},
        {"order_cancelled", MasterEventType::canceled},
        {"order_executed", MasterEventType::fill},
        {"order_filled", MasterEventType::fill},
        {"order_rejected", MasterEventType::rejected},
    }};
    const auto* const found = std::ranges::find(words, text, [](const auto& w) { return w.first; });
    return found == words.end() ? std::nullopt : std::optional{found->second};
}

std::optional<ledger::TimeInForce> parse_validity(std::string_view text) {
    if (text == "DAY") return ledger::TimeInForce::day;
    if (text == "IOC") return ledger::TimeInForce::ioc;
    return std::nullopt;
}

Result<ledger::Instrument> read_blaze_instrument(const BodyFields& fields) {
    ledger::Instrument instrument;
    BOOST_OUTCOME_TRY(instrument.symbol, required("symbol", fields.text("symbol", code_bytes_max)));
    BOOST_OUTCOME_TRY(instrument.token, required("scrip_code", fields.code("scrip_code")));
    BOOST_OUTCOME_TRY(required("exchange", fields.text("exchange", code_bytes_max)));
    BOOST_OUTCOME_TRY(required("segment", fields.code("segment")));
    BOOST_OUTCOME_TRY(instrument.segment, read_segment(fields));
    return instrument;
}

// The price where the order type has a use for it, else 0 whatever it is.
Result<Price> read_price(const BodyFields& fields, std::string_view name, bool wanted) {
    if (!wanted) {
        BOOST_OUTCOME_TRY(fields.check_number(name));
        return Price{};
    }
    BOOST_OUTCOME_TRY(const auto price, fields.price(name));
    return price.value_or(Price{});
}

Result<OrderTerms> read_blaze_terms(const BodyFields& fields) {
    OrderTerms terms;
    BOOST_OUTCOME_TRY(terms.side,
                      required("transaction_type",
                               fields.word("transaction_type", ledger::parse_side, "BUY or SELL")));
    BOOST_OUTCOME_TRY(terms.type,
                      required("order_type", fields.word("order_type", ledger::parse_order_type,
                                                         "MARKET, LIMIT, SL or SL-M")));
    BOOST_OUTCOME_TRY(const auto product,
                      fields.word("product", ledger::parse_product, "MIS, CNC or NRML"));
    terms.product = product.value_or(ledger::Product::intraday);
    BOOST_OUTCOME_TRY(const auto validity, fields.word("validity", parse_validity, "DAY or IOC"));
    terms.time_in_force = validity.value_or(ledger::TimeInForce::day);
    BOOST_OUTCOME_TRY(const std::int64_t quantity,
                      required("quantity", fields.integer("quantity")));
    terms.quantity = Quantity{quantity};
    BOOST_OUTCOME_TRY(terms.price,
                      read_price(fields, "price", ledger::has_limit_price(terms.type)));
    BOOST_OUTCOME_TRY(terms.trigger,
                      read_price(fields, "trigger_price", ledger::has_trigger(terms.type)));
    BOOST_OUTCOME_TRY(ledger::validate(terms));
    return terms;
}

// CumQty: what is filled of the order altogether.
Result<Quantity> read_filled(const BodyFields& fields, bool whole, const OrderTerms& terms) {
    BOOST_OUTCOME_TRY(const auto given, fields.integer("filled_quantity"));
    const Quantity filled = given ? Quantity{*given} : (whole ? terms.quantity : Quantity{});
    if (filled.value() < 0) return invalid_field("filled_quantity", "must not be negative");
    if (filled > terms.quantity) {
        return invalid_field("filled_quantity", "must not exceed the quantity");
    }
    return filled;
}

Result<SourceVersion> read_version(const BodyFields& fields, std::int64_t occurred_at_ns) {
    using Kind = SourceVersion::Kind;
    BOOST_OUTCOME_TRY(const auto sequence, fields.integer("sequence"));
    if (sequence && *sequence < 0) return invalid_field("sequence", "must not be negative");
    if (sequence) return SourceVersion{Kind::sequence, static_cast<std::uint64_t>(*sequence)};
    if (occurred_at_ns == 0) return SourceVersion{};
    return SourceVersion{Kind::time, static_cast<std::uint64_t>(occurred_at_ns)};
}

Result<void> read_fill(const BodyFields& fields, ledger::MasterOrderReported& report) {
    const bool whole = report.type == MasterEventType::fill;
    BOOST_OUTCOME_TRY(report.cum_qty, read_filled(fields, whole, report.terms));
    if (report.type == MasterEventType::fill && report.cum_qty.value() == 0) {
        return invalid_field("filled_quantity",
                             "must say how much of the order is filled altogether");
    }
    BOOST_OUTCOME_TRY(const auto average, fields.average_price("average_price"));
    report.avg_px = average.value_or(Price{});
    return boost::outcome_v2::success();
}

}  // namespace

Result<BlazeReport> read_blaze_order(const ledger::text::JsonValue& body) {
    const BodyFields fields{body};
    BlazeReport out;
    ledger::MasterOrderReported& report = out.report;
    BOOST_OUTCOME_TRY(const std::string event_type,
                      required("event_type", fields.text("event_type", code_bytes_max)));
    const auto type = parse_event_type(event_type);
    if (!type) {
        return invalid_field("event_type",
                             "must be order_placed, order_modified, order_cancelled, "
                             "order_executed, order_filled or order_rejected");
    }
    report.type = *type;
    BOOST_OUTCOME_TRY(report.broker_order_id, required("order_id", fields.code("order_id")));
    BOOST_OUTCOME_TRY(out.account_code, required("account_id", fields.code("account_id")));
    BOOST_OUTCOME_TRY(report.instrument, read_blaze_instrument(fields));
    BOOST_OUTCOME_TRY(report.terms, read_blaze_terms(fields));
    BOOST_OUTCOME_TRY(report.status, required("status", fields.text("status", code_bytes_max)));
    BOOST_OUTCOME_TRY(read_fill(fields, report));
    BOOST_OUTCOME_TRY(out.occurred_at_ns, read_instant(fields, "event_time"));
    BOOST_OUTCOME_TRY(report.version, read_version(fields, out.occurred_at_ns));
    report.channel = "webhook/blaze";
    return out;
}

}  // namespace ingest
