// The routes of each resource.
#pragma once

#include "ingest/routes.h"

namespace ingest {

void add_health_routes(Routes& routes);
void add_account_routes(Routes& routes);
void add_credential_routes(Routes& routes);
void add_link_routes(Routes& routes);
void add_webhook_routes(Routes& routes);
void add_read_routes(Routes& routes);

}  // namespace ingest
