// The body of a webhook. What is accepted is legal and can be recorded.
#include "ingest/blaze_webhook.h"
#include "ingest/body_fields.h"
#include "ledger/text/json_value.h"
#include "tests/fuzz/recording.h"
#include "tests/fuzz/target.h"

#include <string_view>

namespace fuzz {

namespace {

using ledger::MasterEventType;
using ledger::MasterOrderReported;
using ledger::SourceVersion;

void check_code(std::string_view code) {
    law(!code.empty() && code.size() <= ingest::code_bytes_max, "a code has a length of its own");
    law(ingest::is_printable(code), "a code steers no terminal");
}

void check_version(const ingest::BlazeReport& order) {
    const SourceVersion& version = order.report.version;
    law(order.occurred_at_ns >= 0, "no event lies before 1970");
    if (version.kind != SourceVersion::Kind::time) return;
    law(order.occurred_at_ns > 0, "a version that is a time has one");
    law(version.value == static_cast<std::uint64_t>(order.occurred_at_ns),
        "a version that is a time is the event's");
}

void check_report(const MasterOrderReported& report) {
    for (const std::string_view code :
         {std::string_view{report.broker_order_id}, std::string_view{report.instrument.token},
          std::string_view{report.instrument.symbol}, std::string_view{report.status}}) {
        check_code(code);
    }
    law(ledger::validate(report.terms).has_value(), "an accepted order has legal terms");
    law(report.cum_qty.value() >= 0 && report.cum_qty <= report.terms.quantity,
        "an order is filled up to its quantity");
    law(report.type != MasterEventType::fill || report.cum_qty.value() > 0, "a fill fills");
    law(report.avg_px.value() >= 0, "an average is no negative price");
}

}  // namespace

void webhook(Input input) {
    const auto body = ledger::text::parse_json(input);
    if (!body || !body.value().is(ledger::text::JsonValue::Kind::object)) return;
    const auto order = ingest::read_blaze_order(body.value());
    if (!order) {
        law(order.error().code == ledger::Errc::invalid_input, "a bad body is invalid input");
        law(!order.error().field.empty(), "a refusal names the field");
        return;
    }
    check_code(order.value().account_code);
    check_version(order.value());
    check_report(order.value().report);
    survives_recording(order.value().report);
}

}  // namespace fuzz
