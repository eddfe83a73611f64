// The simulator's own routes under /sim/: faults, prices, scripts, and what was really accepted.
#pragma once

#include "ingest/http/router.h"
#include "tools/brokersim/broker.h"

namespace tools::brokersim {

// "broker" must outlive every request that the router serves.
void add_sim_routes(ingest::http::Router& router, Broker& broker);

}  // namespace tools::brokersim
