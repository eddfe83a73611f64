// POST /api/marks: last prices, and GET /api/reasons: why something was not copied.
#include "ingest/marks_requests.h"
#include "ingest/resources.h"
#include "ledger/model/reason.h"
#include "ledger/text/json_writer.h"

#include <cstdint>
#include <string>
#include <utility>

namespace ingest {

namespace {

Answered set_marks(ApiContext& context, Call& call) {
    const std::int64_t now_ns = context.clock.now_ns();
    BOOST_OUTCOME_CO_TRY(const auto marks, read_marks(call.body, now_ns));
    auto command = command_of(call, ledger::SetMarks{marks});
    BOOST_OUTCOME_CO_TRY(co_await commit(context, std::move(command)));
    std::int64_t refused = 0;
    for (const ledger::Mark& mark : marks) refused += context.marks.set(mark, now_ns) ? 0 : 1;
    if (refused > 0) {
        co_return ledger::Error{ledger::Errc::overloaded,
                                "There is no room for the marks of more instruments.", "marks"};
    }
    co_return http::json_response(
        200, R"({"accepted":)" + std::to_string(call.body.items().size()) + "}");
}

Answered list_reasons(ApiContext&, Call&) {
    std::string body;
    ledger::text::JsonWriter json{body};
    json.begin_array();
    for (const ledger::ReasonEntry& entry : ledger::reason_catalogue()) {
        json.begin_object();
        json.member("code", entry.code);
        json.member("meaning", entry.meaning);
        json.end_object();
    }
    json.end_array();
    co_return http::json_response(200, std::move(body));
}

}  // namespace

void add_mark_routes(Routes& routes) {
    routes.add_list("/api/marks", Access::report, set_marks);
    routes.add("GET", "/api/reasons", Access::read, list_reasons);
}

}  // namespace ingest
