// The routes of each resource.
#pragma once

#include "ingest/routes.h"

namespace ingest {

void add_health_routes(Routes& routes);
void add_account_routes(Routes& routes);
void add_credential_routes(Routes& routes);
void add_link_routes(Routes& routes);
void add_resolve_routes(Routes& routes);
void add_webhook_routes(Routes& routes);
void add_read_routes(Routes& routes);
void add_audit_routes(Routes& routes);
void add_risk_routes(Routes& routes);
void add_control_routes(Routes& routes);
void add_mark_routes(Routes& routes);
void add_trade_routes(Routes& routes);
void add_trade_event_routes(Routes& routes);
void add_simulate_routes(Routes& routes);

}  // namespace ingest
