// GET of what an auditor asks: the reasons of an event or order, and whether outcomes are complete.
#include "ingest/page_request.h"
#include "ingest/resources.h"

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

}  // namespace

void add_audit_routes(Routes& routes) {
    routes.add("GET", "/api/audit/why/{id}", Access::read, explain);
    routes.add("GET", "/api/audit/completeness", Access::read, check_completeness);
}

}  // namespace ingest
