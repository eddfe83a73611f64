// GET of the ledger's views: the same as the CLI's.
#include "ingest/page_request.h"
#include "ingest/resources.h"

#include <utility>

namespace ingest {

namespace {

Answered answer_named(ApiContext& context, Call& call, std::string name) {
    View view;
    view.name = std::move(name);
    co_return co_await answer_view(context, call.request, std::move(view));
}

Answered list_events(ApiContext& context, Call& call) {
    return answer_named(context, call, "events");
}

Answered list_orders(ApiContext& context, Call& call) {
    return answer_named(context, call, "orders");
}

Answered list_positions(ApiContext& context, Call& call) {
    return answer_named(context, call, "positions");
}

Answered list_pending(ApiContext& context, Call& call) {
    return answer_named(context, call, "pending");
}

Answered list_mappings(ApiContext& context, Call& call) {
    return answer_named(context, call, "mappings");
}

}  // namespace

void add_read_routes(Routes& routes) {
    routes.add("GET", "/api/events", Access::read, list_events);
    routes.add("GET", "/api/orders", Access::read, list_orders);
    routes.add("GET", "/api/positions", Access::read, list_positions);
    routes.add("GET", "/api/pending", Access::read, list_pending);
    routes.add("GET", "/api/trades/mappings", Access::read, list_mappings);
}

}  // namespace ingest
