// POST /api/pending/{intent}/resolve: a person's word on an intent that waits for one.
#include "ingest/ask_state.h"
#include "ingest/body_fields.h"
#include "ingest/resources.h"
#include "ledger/text/json_writer.h"

#include <string>
#include <utility>

namespace ingest {

namespace {

using ledger::EventId;
using ledger::invalid_field;
using ledger::Receipt;
using ledger::Result;
using ledger::replication::State;

constexpr std::size_t why_bytes_max = 1000;

Result<ledger::ResolveIntent> read_resolution(const ledger::text::JsonValue& body) {
    const BodyFields fields{body};
    ledger::ResolveIntent out;
    BOOST_OUTCOME_TRY(auto found, fields.code("found"));
    BOOST_OUTCOME_TRY(const auto not_placed, fields.boolean("not_placed"));
    if (found.has_value() == not_placed.value_or(false)) {
        return invalid_field("found", "is the broker's order id, or not_placed is true");
    }
    out.broker_order_id = std::move(found).value_or("");
    BOOST_OUTCOME_TRY(out.why, required("why", fields.text("why", why_bytes_max)));
    return out;
}

// By the intent's id, or by the ClOrdID of the order that it places.
Result<EventId> intent_named(const State& state, const std::string& name) {
    if (const auto id = ledger::parse_event_id(name)) return id.value();
    const auto cl_ord_id = ledger::parse_cl_ord_id(name);
    const auto* order = cl_ord_id ? state.follower_orders.find(cl_ord_id.value()) : nullptr;
    if (order != nullptr) return order->id;
    return ledger::Error{ledger::Errc::not_found, "There is no such intent.", "intent"};
}

std::string answer_text(const Receipt& receipt, const EventId& intent) {
    std::string body;
    ledger::text::JsonWriter json{body};
    json.begin_object();
    json.member("event_id", ledger::to_text(receipt.event_id));
    json.member_number("sequence", static_cast<std::int64_t>(receipt.sequence));
    json.member_boolean("duplicate", receipt.duplicate);
    json.member("intent_id", ledger::to_text(intent));
    json.end_object();
    return body;
}

Answered resolve_intent(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(auto resolve, read_resolution(call.body));
    auto named = [name = call.request.path_param("intent")](const State& state) {
        return intent_named(state, name);
    };
    BOOST_OUTCOME_CO_TRY(resolve.intent,
                         co_await ask_state<EventId>(context.queries, std::move(named)));
    auto command = command_of(call, resolve);
    BOOST_OUTCOME_CO_TRY(const Receipt receipt, co_await commit(context, std::move(command)));
    co_return http::json_response(200, answer_text(receipt, resolve.intent));
}

}  // namespace

void add_resolve_routes(Routes& routes) {
    routes.add("POST", "/api/pending/{intent}/resolve", Access::administer, resolve_intent);
}

}  // namespace ingest
