#include "tools/brokersim/brokersim.h"

#include "tools/brokersim/sim_endpoints.h"
#include "tools/brokersim/xts_endpoints.h"
#include "tools/settings/listen_address.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tools::brokersim {

namespace asio = boost::asio;

namespace {

using ledger::Error;
using ledger::Result;

// A request that hangs must not hold up the end of the process.
constexpr std::chrono::milliseconds stop_timeout{1'000};
constexpr std::chrono::milliseconds stop_poll{20};

// "context" and "sim" outlive the run of the io_context.
asio::awaitable<void> stop_on_signal(asio::io_context& context, Brokersim& sim) {
    asio::signal_set signals{context, SIGTERM, SIGINT};
    co_await signals.async_wait(asio::as_tuple(asio::use_awaitable));
    sim.stop();
    asio::steady_timer timer{context};
    for (auto waited = stop_poll; waited <= stop_timeout && !sim.stopped(); waited += stop_poll) {
        timer.expires_after(stop_poll);
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    context.stop();
}

void leave_run(const std::exception_ptr& error) {
    if (error) std::rethrow_exception(error);
}

}  // namespace

Result<std::unique_ptr<Brokersim>> Brokersim::start(asio::io_context& context,
                                                    const SimConfig& config,
                                                    AcceptedJournal::OnFailure on_failure) {
    BOOST_OUTCOME_TRY(const settings::ListenAddress address, settings::parse_listen(config.listen));
    BOOST_OUTCOME_TRY(auto broker,
                      Broker::open(context.get_executor(), config, std::move(on_failure)));
    ingest::http::Router router;
    add_xts_routes(router, *broker);
    add_sim_routes(router, *broker);
    ingest::http::ServerOptions options;
    options.address = address.host;
    options.port = address.port;
    options.connections_max = config.connections_max;
    options.body_bytes_max = config.body_bytes_max;
    options.stop_timeout = stop_timeout;
    BOOST_OUTCOME_TRY(auto server, ingest::http::Server::listen(context.get_executor(), options,
                                                                std::move(router)));
    return std::make_unique<Brokersim>(std::move(broker), std::move(server));
}

Brokersim::Brokersim(std::unique_ptr<Broker> broker, std::unique_ptr<ingest::http::Server> server)
    : broker_(std::move(broker)), server_(std::move(server)) {}

std::string Brokersim::url() const {
    const ingest::http::Endpoint endpoint = server_->local_endpoint();
    const bool is_ipv6 = endpoint.address.find(':') != std::string::npos;
    const std::string host = is_ipv6 ? "[" + endpoint.address + "]" : endpoint.address;
    return "http://" + host + ":" + std::to_string(endpoint.port);
}

Result<int> run_brokersim(const BrokersimOptions& options) {
    BOOST_OUTCOME_TRY(SimConfig config, load_config(options.config_path));
    if (!options.listen.empty()) config.listen = options.listen;
    asio::io_context context{1};
    std::optional<Error> failed;
    const auto on_failure = [&context, &failed](const Error& error) {
        failed = error;
        context.stop();
    };
    BOOST_OUTCOME_TRY(const auto sim, Brokersim::start(context, config, on_failure));
    asio::co_spawn(context, stop_on_signal(context, *sim), leave_run);
    std::printf("listening on %s\n", sim->url().c_str());
    std::fflush(stdout);
    context.run();
    if (failed) return *failed;
    return 0;
}

}  // namespace tools::brokersim
