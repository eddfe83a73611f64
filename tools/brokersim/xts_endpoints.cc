#include "tools/brokersim/xts_endpoints.h"

#include "ledger/text/decimal.h"
#include "ledger/text/json_value.h"
#include "tools/brokersim/xts_answers.h"
#include "tools/brokersim/xts_fields.h"
#include "tools/brokersim/xts_rows.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tools::brokersim {

namespace asio = boost::asio;

namespace {

using ingest::http::Request;
using ingest::http::Response;
using ledger::Result;
using ledger::text::JsonValue;

constexpr std::int64_t ns_per_ms = 1'000'000;

// A request understood: which faults may befall it, and what it does.
struct Job {
    Operation operation = Operation::read;
    std::string reference;
    Broker::Act act;
};

using Prepare = Result<Job> (*)(Broker&, const Request&, const SimSession&);

std::variant<SimSession, Response> authenticate(Broker& broker, const Request& request) {
    const auto token = request.headers.find("authorization");
    if (!token || token->empty()) return xts_error(401, "e-token-0002", "Token is required");
    const std::int64_t requests_max = broker.misbehaviour().settings().session_requests_max;
    const SimSession* session = broker.sessions().use(std::string{*token}, requests_max);
    if (session) return *session;
    return xts_error(400, "e-session-0002", "Invalid Token");
}

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

Response answer_for(Broker& broker, const Result<AppOrderId>& id) {
    return id ? order_answer(*broker.store().find(id.value())) : xts_error(id.error());
}

Response nothing_there() {
    return xts_error(400, "e-orders-0005", "Data Not Available");
}

Response place_order(Broker& broker, const OrderRequest& request, const Fate& fate) {
    Placement placement;
    placement.at_ns = Broker::now_ns();
    placement.visible_at_ns = placement.at_ns + fate.visibility_delay_ms * ns_per_ms;
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

Response book_answer(Broker& broker, const std::string& client) {
    std::vector<const SimOrder*> orders = broker.store().orders_of(client);
    const std::int64_t now = Broker::now_ns();
    std::erase_if(orders, [now](const SimOrder* order) { return order->visible_at_ns > now; });
    if (orders.empty()) return nothing_there();
    std::vector<const SimOrder*> shown;
    for (const std::size_t row : broker.misbehaviour().row_order(orders.size()))
        shown.push_back(orders[row]);
    return xts_success("s-orders-0001", "Success order book", book_rows(shown));
}

Response history_answer(Broker& broker, const std::string& client, AppOrderId id) {
    const SimOrder* order = broker.store().find(id, client);
    if (!order) return nothing_there();
    if (order->visible_at_ns > Broker::now_ns())
        return xts_error(400, "e-orders-0001", "Order history is not available yet");
    return xts_success("s-orders-0001", "Success order history", history_rows(*order));
}

Result<Job> prepare_book(Broker& broker, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRY(std::string client, client_of(session, query_text(request, "clientID")));
    Job job;
    if (request.query_param("appOrderID")) {
        BOOST_OUTCOME_TRY(const AppOrderId id, query_order(request));
        job.act = [&broker, client = std::move(client), id](const Fate&) {
            return history_answer(broker, client, id);
        };
        return job;
    }
    job.act = [&broker, client = std::move(client)](const Fate&) {
        return book_answer(broker, client);
    };
    return job;
}

Response trades_answer(Broker& broker, const std::string& client) {
    std::vector<TradeOfOrder> trades;
    const std::int64_t now = Broker::now_ns();
    for (const SimTrade* trade : broker.store().trades_of(client)) {
        const SimOrder* order = broker.store().find(trade->order);
        if (order->visible_at_ns <= now) trades.push_back({trade, order});
    }
    if (trades.empty()) return nothing_there();
    std::vector<TradeOfOrder> shown;
    for (const std::size_t row : broker.misbehaviour().row_order(trades.size()))
        shown.push_back(trades[row]);
    return xts_success("s-orders-0001", "Success trade book", trade_rows(shown));
}

Result<Job> prepare_trades(Broker& broker, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRY(std::string client, client_of(session, query_text(request, "clientID")));
    Job job;
    job.act = [&broker, client = std::move(client)](const Fate&) {
        return trades_answer(broker, client);
    };
    return job;
}

Result<Job> prepare_profile(Broker&, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRY(std::string client, client_of(session, query_text(request, "clientID")));
    Job job;
    job.act = [client = std::move(client)](const Fate&) { return profile_answer(client); };
    return job;
}

Result<Job> prepare_balance(Broker& broker, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRYV(client_of(session, query_text(request, "clientID")));
    Job job;
    job.act = [&broker](const Fate&) {
        return balance_answer(broker.config().login.cash_available);
    };
    return job;
}

Response log_in(Broker& broker, const Request& request) {
    const auto body = parse_body(request);
    if (!body) return xts_error(body.error());
    const auto app_key = read_text(body.value(), "appKey");
    if (!app_key) return xts_error(app_key.error());
    const auto secret_key = read_text(body.value(), "secretKey");
    if (!secret_key) return xts_error(secret_key.error());
    const auto login = broker.sessions().login(app_key.value(), secret_key.value(),
                                               optional_text(body.value(), "clientID"));
    if (!login) return xts_error(400, "e-session-0001", login.error().detail);
    return login_answer(login.value());
}

Response log_out(Broker& broker, const Request& request) {
    const auto session = authenticate(broker, request);
    if (const auto* refusal = std::get_if<Response>(&session)) return *refusal;
    broker.sessions().logout(std::string{*request.headers.find("authorization")});
    return xts_success("s-user-0001", "User logged out successfully.", "{}");
}

// "broker" and "request" outlive the coroutine: the server's promise and add_xts_routes' demand.
asio::awaitable<Response> serve(Broker& broker, const Request& request, Prepare prepare) {
    const auto session = authenticate(broker, request);
    if (const auto* refusal = std::get_if<Response>(&session)) co_return *refusal;
    Result<Job> job = prepare(broker, request, std::get<SimSession>(session));
    if (!job) co_return xts_error(job.error());
    const Fate fate = broker.misbehaviour().next_fate(job.value().operation, job.value().reference);
    Broker::Act act = std::move(job.value().act);
    co_return co_await broker.carry_out(fate, std::move(act));
}

asio::awaitable<Response> serve_at_once(Broker& broker, const Request& request,
                                        Response (*answer)(Broker&, const Request&)) {
    co_return answer(broker, request);
}

struct Route {
    std::string_view method;
    std::string_view path;
    Prepare prepare;
};

constexpr std::array routes{
    Route{"GET", "/user/profile", prepare_profile},
    Route{"GET", "/user/balance", prepare_balance},
    Route{"POST", "/orders", prepare_place},
    Route{"PUT", "/orders", prepare_modify},
    Route{"DELETE", "/orders", prepare_cancel},
    Route{"POST", "/orders/cancelall", prepare_cancel_all},
    Route{"GET", "/orders", prepare_book},
    Route{"GET", "/orders/dealerorderbook", prepare_book},
    Route{"GET", "/orders/trades", prepare_trades},
    Route{"GET", "/orders/dealertradebook", prepare_trades},
};

void add_routes_below(ingest::http::Router& router, const std::string& prefix, Broker& broker) {
    for (const Route& route : routes)
        router.add(route.method, prefix + std::string{route.path},
                   [&broker, prepare = route.prepare](Request& request) {
                       return serve(broker, request, prepare);
                   });
    router.add("POST", prefix + "/user/session",
               [&broker](Request& request) { return serve_at_once(broker, request, log_in); });
    router.add("DELETE", prefix + "/user/session",
               [&broker](Request& request) { return serve_at_once(broker, request, log_out); });
}

}  // namespace

void add_xts_routes(ingest::http::Router& router, Broker& broker) {
    add_routes_below(router, "", broker);
    add_routes_below(router, "/interactive", broker);
}

}  // namespace tools::brokersim
