// The brokers that the configuration names, each behind its adapter.
#pragma once

#include "executors/broker_gateway.h"
#include "executors/dispatcher.h"
#include "ledger/base/result.h"
#include "tools/config.h"

#include <memory>
#include <vector>

#include <boost/asio/io_context.hpp>

namespace tools {

struct Gateways {
    std::vector<std::unique_ptr<executors::BrokerGateway>> owned;
    std::vector<executors::Broker> brokers;
};

[[nodiscard]] ledger::Result<Gateways> make_gateways(boost::asio::io_context& context,
                                                     const Config& config);

}  // namespace tools
