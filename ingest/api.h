// The whole HTTP API, over the ledger, its views and the tokens.
#pragma once

#include "ingest/api_context.h"
#include "ingest/http/router.h"

namespace ingest {

// The context must outlive the server that uses the router.
[[nodiscard]] http::Router make_api(ApiContext& context);

}  // namespace ingest
