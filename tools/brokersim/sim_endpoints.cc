#include "tools/brokersim/sim_endpoints.h"

#include "ledger/text/decimal.h"
#include "ledger/text/json_value.h"
#include "ledger/text/json_writer.h"
#include "ledger/text/rfc3339.h"
#include "tools/brokersim/xts_fields.h"
#include "tools/brokersim/xts_rows.h"

#include <algorithm>
#include <string>
#include <utility>

namespace tools::brokersim {

namespace asio = boost::asio;

namespace {

using ingest::http::Request;
using ingest::http::Response;
using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::text::JsonValue;
using ledger::text::JsonWriter;

constexpr std::int64_t accepted_rows_max = 100'000;

Response failure(const Error& error) {
    const bool full = error.code == Errc::overloaded;
    return ingest::http::problem(full ? 429 : 400, full ? "Full" : "Bad Request", error.detail,
                                 error.field);
}

Response settings_answer(Broker& broker) {
    return ingest::http::json_response(200, faults_json(broker.misbehaviour().settings()));
}

asio::awaitable<Response> get_faults(Broker& broker, const Request&) {
    co_return settings_answer(broker);
}

Result<FaultSettings> faults_of(const Request& request) {
    BOOST_OUTCOME_TRY(const JsonValue body, ledger::text::parse_json(request.body));
    return read_faults(body, "faults");
}

asio::awaitable<Response> post_faults(Broker& broker, const Request& request) {
    const auto faults = faults_of(request);
    if (!faults) co_return failure(faults.error());
    broker.misbehaviour().set(faults.value());
    co_return settings_answer(broker);
}

Result<std::size_t> set_prices(Broker& broker, const Request& request) {
    BOOST_OUTCOME_TRY(const JsonValue body, ledger::text::parse_json(request.body));
    BOOST_OUTCOME_TRY(const auto prices, read_prices(body));
    for (const StartPrice& start : prices) {
        BOOST_OUTCOME_TRYV(
            broker.exchange().set_price(start.instrument, start.price, Broker::now_ns()));
    }
    return prices.size();
}

Response count_answer(std::string_view name, std::size_t count) {
    std::string text;
    JsonWriter json{text};
    json.begin_object();
    json.member_number(name, static_cast<std::int64_t>(count));
    json.end_object();
    return ingest::http::json_response(200, std::move(text));
}

asio::awaitable<Response> post_prices(Broker& broker, const Request& request) {
    const auto prices = set_prices(broker, request);
    const bool durable = co_await broker.journal().durable();
    if (!prices) co_return failure(prices.error());
    if (!durable) co_return failure(Error{Errc::storage_failed, "the journal failed", {}});
    co_return count_answer("prices", prices.value());
}

Result<void> add_script(Broker& broker, const Request& request) {
    BOOST_OUTCOME_TRY(const JsonValue body, ledger::text::parse_json(request.body));
    BOOST_OUTCOME_TRY(const auto steps, read_script(body));
    return broker.misbehaviour().add_script(steps);
}

asio::awaitable<Response> post_script(Broker& broker, const Request& request) {
    const auto added = add_script(broker, request);
    if (!added) co_return failure(added.error());
    co_return count_answer("steps", broker.misbehaviour().script_steps());
}

void write_accepted(JsonWriter& json, const SimOrder& order) {
    const OrderMoment& now = order.now();
    json.begin_object();
    json.member_number("AppOrderID", order.id.value());
    json.member("clientID", order.request.client_id);
    json.member("orderUniqueIdentifier", order.request.reference);
    write_instrument(json, order.request.instrument);
    json.member("orderSide", ledger::to_text(now.terms.side));
    write_terms(json, now.terms, place_names);
    json.member("state", to_text(now.state));
    json.member_number("cumulativeQuantity", now.cum_qty.value());
    json.member_number("states", static_cast<std::int64_t>(order.history.size()));
    json.member("acceptedAt", ledger::text::format_rfc3339(order.accepted_at_ns));
    json.member("updatedAt", ledger::text::format_rfc3339(now.at_ns));
    json.end_object();
}

// A non-negative number from the query, or `otherwise`.
Result<std::int64_t> query_number(const Request& request, std::string_view name,
                                  std::int64_t otherwise) {
    const std::string* text = request.query_param(name);
    if (!text) return otherwise;
    const auto number = ledger::text::parse_integer(*text);
    if (number && number.value() >= 0) return number.value();
    return ledger::invalid_field(std::string{name}, std::string{name} + ": must be a number");
}

Result<std::string> accepted_json(const OrderStore& store, const Request& request) {
    BOOST_OUTCOME_TRY(const std::int64_t after, query_number(request, "after", 0));
    BOOST_OUTCOME_TRY(const std::int64_t limit, query_number(request, "limit", accepted_rows_max));
    std::string text;
    JsonWriter json{text};
    json.begin_object();
    json.key("orders");
    json.begin_array();
    std::int64_t rows = 0;
    const SimOrder* last = nullptr;
    for (const SimOrder& order : store.orders()) {
        if (order.id.value() <= after) continue;
        if (rows++ == std::min(limit, accepted_rows_max)) break;
        write_accepted(json, order);
        last = &order;
    }
    json.end_array();
    const bool more = last && last->id.value() + 1 < store.next_id().value();
    json.key("next");
    if (more) {
        json.number(last->id.value());
    } else {
        json.null();
    }
    json.end_object();
    return text;
}

asio::awaitable<Response> get_accepted(Broker& broker, const Request& request) {
    co_await broker.journal().durable();
    auto text = accepted_json(broker.store(), request);
    if (!text) co_return failure(text.error());
    co_return ingest::http::json_response(200, std::move(text).value());
}

void write_counts(JsonWriter& json, const Misbehaviour& misbehaviour) {
    json.key("requests");
    json.begin_object();
    for (std::size_t i = 0; i < operation_words.size(); ++i) {
        json.key(operation_words[i]);
        json.begin_object();
        for (std::size_t b = 0; b < behaviour_words.size(); ++b) {
            const std::uint64_t count = misbehaviour.counts()[i][b];
            if (count > 0) json.member_number(behaviour_words[b], static_cast<std::int64_t>(count));
        }
        json.end_object();
    }
    json.end_object();
}

std::int64_t open_orders(const OrderStore& store) {
    return std::ranges::count_if(store.orders(),
                                 [](const SimOrder& order) { return is_open(order.now().state); });
}

asio::awaitable<Response> get_stats(Broker& broker, const Request&) {
    const OrderStore& store = broker.store();
    std::string text;
    JsonWriter json{text};
    json.begin_object();
    json.member_number("orders", static_cast<std::int64_t>(store.orders().size()));
    json.member_number("open_orders", open_orders(store));
    json.member_number("trades", static_cast<std::int64_t>(store.trades().size()));
    json.member_number("repeated_references",
                       static_cast<std::int64_t>(store.repeated_references()));
    json.member_number("sessions", static_cast<std::int64_t>(broker.sessions().size()));
    json.member_number("journal_flushes", static_cast<std::int64_t>(broker.journal().flushes()));
    json.member_number("script_steps",
                       static_cast<std::int64_t>(broker.misbehaviour().script_steps()));
    write_counts(json, broker.misbehaviour());
    json.end_object();
    co_return ingest::http::json_response(200, std::move(text));
}

using Handle = asio::awaitable<Response> (*)(Broker&, const Request&);

void add(ingest::http::Router& router, std::string_view method, std::string_view path,
         const std::pair<Broker&, Handle>& target) {
    router.add(method, path, [&broker = target.first, handle = target.second](Request& request) {
        return handle(broker, request);
    });
}

}  // namespace

void add_sim_routes(ingest::http::Router& router, Broker& broker) {
    add(router, "GET", "/sim/faults", {broker, get_faults});
    add(router, "POST", "/sim/faults", {broker, post_faults});
    add(router, "POST", "/sim/prices", {broker, post_prices});
    add(router, "POST", "/sim/script", {broker, post_script});
    add(router, "GET", "/sim/accepted", {broker, get_accepted});
    add(router, "GET", "/sim/stats", {broker, get_stats});
}

}  // namespace tools::brokersim
