#include "ingest/http/response.h"

#include "ledger/base/assert.h"
#include "ledger/text/json_writer.h"

#include <utility>

namespace ingest::http {

Response json_response(int status, std::string body) {
    return Response(status, "application/json", std::move(body));
}

Response problem(int status, std::string title, std::string detail, std::string field) {
    Response response(status, "application/problem+json", {});
    response.problem = Problem{std::move(title), std::move(detail), std::move(field), {}};
    return response;
}

std::string problem_text(const Response& response, std::string_view request_id) {
    LEDGER_ASSERT(response.problem.has_value());
    const Problem& problem = *response.problem;
    std::string text;
    ledger::text::JsonWriter writer(text);
    writer.begin_object();
    writer.member("type", "about:blank");
    writer.member("title", problem.title);
    writer.member_number("status", response.status);
    writer.member("detail", problem.detail);
    if (!problem.field.empty()) writer.member("field", problem.field);
    for (const auto& [name, value] : problem.members) writer.member(name, value);
    writer.member("request_id", request_id);
    writer.end_object();
    return text;
}

}  // namespace ingest::http
