#include "tools/gateways.h"

#include "executors/brokers/simulated/simulated_gateway.h"
#include "executors/brokers/xts/xts_gateway.h"

#include <chrono>
#include <utility>

namespace tools {

namespace asio = boost::asio;
using ledger::Result;

namespace {

using Gateway = std::unique_ptr<executors::BrokerGateway>;

Result<Gateway> make_gateway(asio::io_context& context, const BrokerConfig& config) {
    if (config.adapter == "simulated") return Gateway{new executors::SimulatedGateway{}};
    executors::XtsOptions options;
    options.base_url = config.base_url;
    options.timeout = std::chrono::milliseconds{config.timeout_ms};
    options.connections_max = config.connections_max;
    BOOST_OUTCOME_TRY(auto gateway, executors::XtsGateway::make(context.get_executor(), options));
    return Gateway{std::move(gateway)};
}

}  // namespace

Result<Gateways> make_gateways(asio::io_context& context, const Config& config) {
    Gateways gateways;
    for (const auto& [name, broker] : config.brokers) {
        BOOST_OUTCOME_TRY(Gateway gateway, make_gateway(context, broker));
        executors::BrokerLimits limits;
        limits.account_orders_per_second = broker.orders_per_second;
        limits.visibility_window_ms = broker.visibility_window_ms;
        gateways.brokers.push_back(executors::Broker{name, *gateway, limits});
        gateways.owned.push_back(std::move(gateway));
    }
    return gateways;
}

}  // namespace tools
