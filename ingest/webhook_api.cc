// POST /api/webhooks/blaze/order: what a master's broker says of a master order.
#include "ingest/blaze_webhook.h"
#include "ingest/resources.h"
#include "ledger/text/json_writer.h"

#include <cstdint>
#include <string>
#include <utility>

namespace ingest {

namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Receipt;

std::string answer_text(const Receipt& receipt) {
    std::string body;
    ledger::text::JsonWriter json{body};
    json.begin_object();
    json.member("event_id", ledger::to_text(receipt.event_id));
    // A number, unlike elsewhere: the sequence of a log stays far below 2^53.
    json.member_number("sequence", static_cast<std::int64_t>(receipt.sequence));
    json.member_boolean("duplicate", receipt.duplicate);
    json.member_number("followers", receipt.followers);
    json.member_number("intended", receipt.intended);
    json.member_number("skipped", receipt.skipped);
    json.end_object();
    return body;
}

Answered report_order(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(auto order, read_blaze_order(call.body));
    const auto master = context.find_master(blaze_adapter, order.account_code);
    if (!master) {
        co_return Error{Errc::not_found, "No master has this account_id at this broker.",
                        "account_id"};
    }
    order.report.account = *master;
    auto command = command_of(call, ledger::ReportMasterOrder{std::move(order.report)});
    command.occurred_at_ns = order.occurred_at_ns;
    auto receipt = co_await commit(context, std::move(command));
    if (!receipt) {
        if (receipt.error().code == Errc::conflict) context.metrics.count_webhook_conflict();
        co_return std::move(receipt).error();
    }
    if (receipt.value().duplicate) context.metrics.count_webhook_duplicate();
    co_return http::json_response(200, answer_text(receipt.value()));
}

}  // namespace

void add_webhook_routes(Routes& routes) {
    routes.add("POST", "/api/webhooks/blaze/order", Access::report, report_order);
}

}  // namespace ingest
