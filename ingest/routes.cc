#include "ingest/routes.h"

#include "ingest/idempotency.h"
#include "ingest/problem_of.h"
#include "ledger/submit.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

// A false alarm of g++ 12 when it inlines the one half of Asio's allocation of coroutine frames.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace ingest {

namespace {

using ledger::text::JsonValue;

struct Route {
    ApiContext& context;
    Access access;
    Answer answer;
    JsonValue::Kind body;
    Metrics::Route metrics;
};

bool bears_body(const http::Request& request) {
    return request.method == "POST" || request.method == "PUT";
}

std::optional<http::Response> read_body(const Route& route, Call& call) {
    auto body = ledger::text::parse_json(call.request.body);
    if (!body) {
        return refusal(400, "The body is not JSON: " + body.error().detail, body.error().field);
    }
    if (!body.value().is(route.body)) {
        return refusal(400, route.body == JsonValue::Kind::array
                                ? "The body is not a JSON array."
                                : "The body is not a JSON object.");
    }
    call.body = std::move(body).value();
    return std::nullopt;
}

std::optional<http::Response> read_idempotency(const Route& route, Call& call) {
    auto key = idempotency_key_of(call.request, actor_of(call.caller));
    if (!key) return refusal(400, key.error().detail, key.error().field);
    call.idempotency_key = key.value();
    // What a master's broker says holds no secrets, and comes in floods.
    call.request_digest = route.access == Access::report
                              ? digest_of(call.request.body)
                              : keyed_digest_of(call.request.body, route.context.vault);
    return std::nullopt;
}

// Fills the call, or says why it goes no further.
std::optional<http::Response> prepare(const Route& route, Call& call) {
    auto authorised = authorise(call.request, route.context.tokens, route.access);
    if (auto* refused = std::get_if<http::Response>(&authorised)) return std::move(*refused);
    call.caller = std::get<Caller>(std::move(authorised));
    if (!bears_body(call.request)) return std::nullopt;
    if (auto refused = read_body(route, call)) return refused;
    return call.request.method == "POST" ? read_idempotency(route, call) : std::nullopt;
}

// Route and request outlive the coroutine: the server keeps its routes, and the request until it
// is answered.
asio::awaitable<http::Response> serve(const Route& route, http::Request& request) {
    Call call{request, {}, {}, {}, 0};
    http::Response response;
    if (auto refused = prepare(route, call)) {
        response = std::move(*refused);
    } else {
        auto answered = co_await route.answer(route.context, call);
        response = answered ? std::move(answered).value() : problem_of(answered.error());
    }
    route.metrics.count(response.status);
    co_return response;
}

}  // namespace

struct Routes::Spec {
    std::string_view method;
    std::string_view pattern;
    Access access;
    Answer answer;
    JsonValue::Kind body;
};

void Routes::add(std::string_view method, std::string_view pattern, Access access, Answer answer) {
    add({method, pattern, access, answer, JsonValue::Kind::object});
}

void Routes::add_list(std::string_view pattern, Access access, Answer answer) {
    add({"POST", pattern, access, answer, JsonValue::Kind::array});
}

void Routes::add(const Spec& spec) {
    const std::string name = std::string{spec.method} + " " + std::string{spec.pattern};
    const Route route{context_, spec.access, spec.answer, spec.body, context_.metrics.route(name)};
    router_.add(spec.method, spec.pattern,
                [route](http::Request& request) { return serve(route, request); });
}

ledger::Command command_of(const Call& call, ledger::CommandPayload payload) {
    ledger::Command command;
    command.actor = actor_of(call.caller);
    command.idempotency_key = call.idempotency_key;
    command.request_digest = call.request_digest;
    command.payload = std::move(payload);
    return command;
}

asio::awaitable<ledger::Result<ledger::Receipt>> commit(ApiContext& context,
                                                        ledger::Command command) {
    const std::int64_t begun_ns = context.clock.now_ns();
    auto receipt = co_await ledger::submit(context.sequencer, std::move(command));
    // The wall clock may step backwards.
    const std::int64_t elapsed_ns = context.clock.now_ns() - begun_ns;
    if (receipt) context.metrics.observe_commit(std::max<std::int64_t>(elapsed_ns, 0));
    co_return receipt;
}

}  // namespace ingest
