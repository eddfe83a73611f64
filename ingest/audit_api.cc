// GET of what an auditor asks: the reasons of an event or order, whether outcomes are complete, and
// signed checkpoints and proofs, which are checked without the ledger (docs/proofs.md).
#include "ingest/page_request.h"
#include "ingest/resources.h"

#include <string>
#include <utility>

namespace ingest {

namespace {

Answered answer_report(ApiContext& context, const http::Request& request, View report) {
    BOOST_OUTCOME_CO_TRY(Query query, read_query(request, std::move(report)));
    BOOST_OUTCOME_CO_TRY(std::string json, co_await context.queries.report(std::move(query)));
    co_return http::json_response(200, std::move(json));
}

Answered explain(ApiContext& context, Call& call) {
    View report;
    report.name = "why";
    report.filters.emplace_back("id", call.request.path_param("id"));
    return answer_report(context, call.request, std::move(report));
}

Answered check_completeness(ApiContext& context, Call& call) {
    View report;
    report.name = "completeness";
    return answer_report(context, call.request, std::move(report));
}

Answered get_checkpoint(ApiContext& context, Call&) {
    BOOST_OUTCOME_CO_TRY(std::string note, co_await context.queries.checkpoint());
    co_return http::Response(200, "text/plain; charset=utf-8", std::move(note));
}

Answered get_proof(ApiContext& context, Call& call) {
    const std::string* event = call.request.query_param("event");
    if (event == nullptr || event->empty()) {
        co_return ledger::invalid_field("event", "names the event, by its id or sequence");
    }
    BOOST_OUTCOME_CO_TRY(std::string proof, co_await context.queries.inclusion_proof(*event));
    co_return http::json_response(200, std::move(proof));
}

}  // namespace

void add_audit_routes(Routes& routes) {
    routes.add("GET", "/api/audit/checkpoint", Access::read, get_checkpoint);
    routes.add("GET", "/api/audit/proof", Access::read, get_proof);
    routes.add("GET", "/api/audit/why/{id}", Access::read, explain);
    routes.add("GET", "/api/audit/completeness", Access::read, check_completeness);
}

}  // namespace ingest
