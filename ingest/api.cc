#include "ingest/api.h"

#include "ingest/resources.h"
#include "ingest/routes.h"

namespace ingest {

http::Router make_api(ApiContext& context) {
    http::Router router;
    Routes routes{router, context};
    add_health_routes(routes);
    add_account_routes(routes);
    add_credential_routes(routes);
    add_link_routes(routes);
    add_resolve_routes(routes);
    add_webhook_routes(routes);
    add_read_routes(routes);
    add_audit_routes(routes);
    add_risk_routes(routes);
    add_control_routes(routes);
    add_mark_routes(routes);
    add_trade_routes(routes);
    add_trade_event_routes(routes);
    add_simulate_routes(routes);
    return router;
}

}  // namespace ingest
