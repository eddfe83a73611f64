// GET /health, /api/webhooks/health and /metrics: open to anybody.
#include "ingest/resources.h"
#include "ledger/text/json_writer.h"

#include <string>

namespace ingest {

namespace {

Answered get_health(ApiContext& context, Call&) {
    std::string body;
    ledger::text::JsonWriter json{body};
    json.begin_object();
    json.member("status", "healthy");
    json.member("version", context.version);
    json.end_object();
    co_return http::json_response(200, std::move(body));
}

Answered get_metrics(ApiContext& context, Call&) {
    Metrics::Readings readings;
    readings.queued_commands = context.sequencer.queued_commands();
    if (context.http_counters) readings.http = context.http_counters();
    co_return http::Response(200, "text/plain; version=0.0.4; charset=utf-8",
                             context.metrics.text(readings));
}

}  // namespace

void add_health_routes(Routes& routes) {
    routes.add("GET", "/health", Access::open, get_health);
    routes.add("GET", "/api/webhooks/health", Access::open, get_health);
    routes.add("GET", "/metrics", Access::open, get_metrics);
}

}  // namespace ingest
