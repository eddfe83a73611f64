// A node's way to a broker: what leaves is witnessed, and the answer is waited for no longer than
// the timeout.
#pragma once

#include "executors/broker_gateway.h"
#include "tests/simulation/run/planted_bug.h"
#include "tests/simulation/run/record.h"
#include "tests/simulation/twins/node_time.h"
#include "tests/simulation/twins/sim_broker.h"

#include <cstdint>
#include <functional>
#include <map>

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
    // Under the session that there is, else under a new one; asked once more where it has ended.
    boost::asio::awaitable<executors::Outcome> ask(const executors::BrokerAccount& account,
                                                   executors::OrderRequest request);
    boost::asio::awaitable<executors::Outcome> ask_once(Caller caller,
                                                        const executors::OrderRequest& request);
    boost::asio::awaitable<executors::Book> read_book(Caller caller);
    boost::asio::awaitable<Caller> log_in(const executors::BrokerAccount& account);
    [[nodiscard]] Caller caller_of(const executors::BrokerAccount& account) const;

    GatewayPorts ports_;
    std::map<std::uint64_t, std::uint64_t> sessions_;  // by account
};

}  // namespace simulation
