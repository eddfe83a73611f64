#include "tools/brokersim/xts_endpoints.h"

#include "tools/brokersim/xts_answers.h"
#include "tools/brokersim/xts_fields.h"
#include "tools/brokersim/xts_jobs.h"

#include <array>
#include <string>
#include <utility>
#include <variant>

namespace tools::brokersim {

namespace asio = boost::asio;

namespace {

using ingest::http::Request;
using ingest::http::Response;
using ledger::Result;

std::variant<SimSession, Response> authenticate(Broker& broker, const Request& request) {
    const auto token = request.headers.find("authorization");
    if (!token || token->empty()) return xts_error(401, "e-token-0002", "Token is required");
    const std::int64_t requests_max = broker.misbehaviour().settings().session_requests_max;
    const SimSession* session = broker.sessions().use(std::string{*token}, requests_max);
    if (session) return *session;
    return xts_error(400, "e-session-0002", "Invalid Token");
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
