// XTS Interactive's routes, each under "/" and under "/interactive/".
#pragma once

#include "ingest/http/router.h"
#include "tools/brokersim/broker.h"

namespace tools::brokersim {

// "broker" must outlive every request that the router serves.
void add_xts_routes(ingest::http::Router& router, Broker& broker);

}  // namespace tools::brokersim
