#include "ledger/base/time_units.h"
#include "ledger/text/decimal.h"
#include "tools/brokersim/xts_answers.h"
#include "tools/brokersim/xts_fields.h"
#include "tools/brokersim/xts_jobs.h"

#include <optional>
#include <utility>

namespace tools::brokersim {

namespace {

using ingest::http::Request;
using ingest::http::Response;
using ledger::Result;
using ledger::text::JsonValue;

Response answer_for(Broker& broker, const Result<AppOrderId>& id) {
    return id ? order_answer(*broker.store().find(id.value())) : xts_error(id.error());
}

Response place_order(Broker& broker, const OrderRequest& request, const Fate& fate) {
    Placement placement;
    placement.at_ns = Broker::now_ns();
    placement.visible_at_ns = placement.at_ns + fate.visibility_delay_ms * ledger::ns_per_ms;
    if (fate.behaviour == Behaviour::accept_then_reject)
        placement.rejected_why = "RMS:Rule: Check circuit limit including square off order";
    return answer_for(broker, broker.exchange().place(request, placement));
}

Result<void> apply_reference_rule(const PlaceRules& rules, std::string& reference) {
    if (reference.size() <= rules.reference_bytes_max) return boost::outcome_v2::success();
    switch (rules.long_reference) {
        case LongReference::accept:
            break;
        case LongReference::truncate:
            reference.resize(rules.reference_bytes_max);
            break;
        case LongReference::refuse:
            return ledger::invalid_field("orderUniqueIdentifier", "is too long");
    }
    return boost::outcome_v2::success();
}

}  // namespace

std::string query_text(const Request& request, std::string_view name) {
    const std::string* value = request.query_param(name);
    return value && *value != "undefined" ? *value : std::string{};
}

Result<AppOrderId> query_order(const Request& request) {
    const auto id = ledger::text::parse_integer(query_text(request, "appOrderID"));
    if (!id) return ledger::invalid_field("appOrderID", "must be a number");
    return AppOrderId{id.value()};
}

Result<JsonValue> parse_body(const Request& request) {
    auto body = ledger::text::parse_json(request.body);
    if (body && body.value().is(JsonValue::Kind::object)) return std::move(body).value();
    return ledger::invalid_field("body", "must be a JSON object");
}

Result<Job> prepare_place(Broker& broker, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRY(const JsonValue body, parse_body(request));
    BOOST_OUTCOME_TRY(OrderRequest order, read_place(body));
    BOOST_OUTCOME_TRY(order.client_id, client_of(session, order.client_id));
    const PlaceRules& rules = broker.config().place;
    Job job{Operation::place, order.reference, {}};
    BOOST_OUTCOME_TRYV(apply_reference_rule(rules, order.reference));
    if (rules.refuse_market && !ledger::has_limit_price(order.terms.type)) {
        job.act = [](const Fate&) {
            return xts_error(400, "e-orders-0002",
                             "Market order Or Price 0 is not allowed for ALGO enabled orders");
        };
        return job;
    }
    job.act = [&broker, order = std::move(order)](const Fate& fate) {
        return place_order(broker, order, fate);
    };
    return job;
}

Result<Job> prepare_modify(Broker& broker, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRY(const JsonValue body, parse_body(request));
    BOOST_OUTCOME_TRY(Modification change, read_modify(body));
    BOOST_OUTCOME_TRY(change.client_id, client_of(session, change.client_id));
    Job job{Operation::modify, optional_text(body, "orderUniqueIdentifier"), {}};
    job.act = [&broker, change = std::move(change)](const Fate&) {
        return answer_for(broker, broker.exchange().modify(change, Broker::now_ns()));
    };
    return job;
}

Result<Job> prepare_cancel(Broker& broker, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRY(const AppOrderId id, query_order(request));
    BOOST_OUTCOME_TRY(std::string client, client_of(session, query_text(request, "clientID")));
    Job job{Operation::cancel, query_text(request, "orderUniqueIdentifier"), {}};
    job.act = [&broker, client = std::move(client), id](const Fate&) {
        return answer_for(broker, broker.exchange().cancel(client, id, Broker::now_ns()));
    };
    return job;
}

Result<Job> prepare_cancel_all(Broker& broker, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRY(const JsonValue body, parse_body(request));
    BOOST_OUTCOME_TRY(std::string client, client_of(session, optional_text(body, "clientID")));
    std::optional<InstrumentKey> instrument;
    const JsonValue* token = body.find("exchangeInstrumentID");
    const bool every_instrument = !token || token->is(JsonValue::Kind::null) ||
                                  (token->is(JsonValue::Kind::number) && token->text() == "0");
    if (!every_instrument) {
        BOOST_OUTCOME_TRY(instrument, read_instrument(body));
    }
    Job job{Operation::cancel, {}, {}};
    job.act = [&broker, client = std::move(client), instrument](const Fate&) {
        const auto count = broker.exchange().cancel_all(client, instrument, Broker::now_ns());
        return xts_success("s-orders-0001", "Request sent",
                           "{\"cancelled\":" + std::to_string(count) + "}");
    };
    return job;
}

}  // namespace tools::brokersim
