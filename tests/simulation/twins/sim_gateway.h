// A node's way to a broker: what leaves is witnessed, and the answer is waited for no longer than
// the timeout.
#pragma once

#include "executors/broker_gateway.h"
#include "tests/simulation/run/planted_bug.h"
#include "tests/simulation/run/record.h"
#include "tests/simulation/twins/node_time.h"
#include "tests/simulation/twins/sim_broker.h"

#include <functional>

namespace simulation {

struct GatewayPorts {
    SimBroker& broker;
    NodeScheduler& scheduler;
    Record& record;
    std::function<std::uint64_t()> durable;  // the log's length on the disk
    PlantedBug bug = PlantedBug::none;
};

class SimGateway final : public executors::BrokerGateway {
  public:
    explicit SimGateway(GatewayPorts ports) : ports_(std::move(ports)) {}

    boost::asio::awaitable<executors::Outcome> place(
        const executors::BrokerAccount& account, const executors::PlaceRequest& request) override;
    boost::asio::awaitable<executors::Outcome> modify(
        const executors::BrokerAccount& account, const executors::ModifyRequest& request) override;
    boost::asio::awaitable<executors::Outcome> cancel(
        const executors::BrokerAccount& account, const executors::CancelRequest& request) override;
    boost::asio::awaitable<executors::Book> order_book(
        const executors::BrokerAccount& account) override;

  private:
    boost::asio::awaitable<executors::Outcome> ask(std::uint64_t account,
                                                   executors::OrderRequest request);

    GatewayPorts ports_;
};

}  // namespace simulation
