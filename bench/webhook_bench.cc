// Durable webhooks per second through `copyledger serve`, beside the same server without a ledger.
#include "bench/benchmark.h"
#include "bench/child_process.h"
#include "bench/echo_server.h"
#include "bench/http_load.h"
#include "bench/process_use.h"
#include "bench/webhook_client.h"

#include <array>
#include <fstream>

#include <fmt/format.h>

namespace bench {

using ledger::Result;

namespace {

constexpr std::array<std::size_t, 3> connection_counts{1, 16, 64};
constexpr double aim_webhooks_per_second = 25'000;  // at 64 connections
constexpr std::string_view master_code = "MASTER1";

// The master's broker is never asked anything: only its followers' orders go anywhere.
constexpr std::string_view configuration = R"(data = "data"
[brokers.blaze]
adapter = "xts"
base_url = "http://127.0.0.1:9"
[brokers.simulated]
adapter = "simulated"
orders_per_second = 1000000
)";

struct Server {
    ChildProcess process;
    std::string token;
};

Result<void> open_accounts(const Server& server, bool follower) {
    const auto ask = [&](std::string path, std::string body) {
        return post({server.process.port(), server.token, std::move(path), std::move(body)});
    };
    BOOST_OUTCOME_TRYV(ask("/api/masters",
                           R"({"master_name":"M","blaze_account_id":"MASTER1","broker":"blaze"})"));
    if (!follower) return boost::outcome_v2::success();
    BOOST_OUTCOME_TRYV(ask("/api/followers", R"({"username":"F1","broker":"simulated",)"
                                             R"("credentials":{"appKey":"F1","secretKey":"s"}})"));
    return ask("/api/masters/MASTER1/followers", R"({"follower_id":"F1"})");
}

Result<Server> start_ledger(const Setting& setting, bool follower) {
    BOOST_OUTCOME_TRY(const std::string directory, setting.work.make_directory("webhooks"));
    std::ofstream{directory + "/copyledger.toml"} << configuration;
    const Launch launch{setting.copyledger,
                        {"serve", "--config", "copyledger.toml", "--listen", "127.0.0.1:0"},
                        directory};
    BOOST_OUTCOME_TRY(auto process, ChildProcess::start(launch));
    Server server{std::move(process), {}};
    std::ifstream{directory + "/data/admin.token"} >> server.token;
    BOOST_OUTCOME_TRYV(open_accounts(server, follower));
    return server;
}

struct Measured {
    LoadOutcome load;
    double server_cpu_seconds = 0;
};

Result<Measured> measure(const Setting& setting, const Server& server, std::size_t connections,
                         std::uint64_t& next_order) {
    BOOST_OUTCOME_TRY(const double before, cpu_seconds_of(server.process.pid()));
    LoadPlan plan;
    plan.port = server.process.port();
    plan.token = server.token;
    plan.account_id = master_code;
    plan.connections = connections;
    plan.row_ns = setting.row_ns();
    plan.first_order = next_order;
    BOOST_OUTCOME_TRY(const LoadOutcome load, run_load(plan));
    next_order += load.orders;
    BOOST_OUTCOME_TRY(const double after, cpu_seconds_of(server.process.pid()));
    return Measured{load, after - before};
}

Row row_of(std::string name, std::string_view what, const Measured& measured) {
    return {.name = std::move(name),
            .conditions = fmt::format("{}; CPU s is the server's, the load generator shares the "
                                      "processors and took {:.2f} s of them",
                                      what, measured.load.generator_cpu_seconds),
            .latency = measured.load.latency,
            .figure = measured.load.per_second,
            .unit = "webhooks/s",
            .cpu_seconds = measured.server_cpu_seconds,
            .limit = {},
            .aim = {}};
}

std::string echo_name(std::size_t connections) {
    return fmt::format("webhooks/echo/{}", connections);
}

Result<void> measure_echo(const Setting& setting) {
    BOOST_OUTCOME_TRY(auto process, start_echo_server(setting));
    const Server server{std::move(process), "none"};
    std::uint64_t next_order = 1;
    for (const std::size_t connections : connection_counts) {
        BOOST_OUTCOME_TRY(const Measured measured,
                          measure(setting, server, connections, next_order));
        setting.report.add(row_of(echo_name(connections),
                                  "the same HTTP server answering at once, without a ledger",
                                  measured));
    }
    return boost::outcome_v2::success();
}

// A server of its own for each row, so that none finds what the one before left to be done.
Result<void> measure_ledger(const Setting& setting, bool follower, std::size_t connections) {
    BOOST_OUTCOME_TRY(const Server server, start_ledger(setting, follower));
    std::uint64_t next_order = 1;
    BOOST_OUTCOME_TRY(const Measured measured, measure(setting, server, connections, next_order));
    Row row =
        row_of(fmt::format("webhooks/{}/{}", follower ? "1-follower" : "0-followers", connections),
               follower ? "`copyledger serve`, each webhook also an intent for one follower, whose "
                          "simulated broker is sent one order at a time and falls behind"
                        : "`copyledger serve`, new orders of a master without followers",
               measured);
    const double echo = setting.report.find(echo_name(connections))->figure;
    row.limit = Limit{"echo's rate", echo, ratio_of(row.figure, echo)};
    if (connections == 64) row.aim = Aim{"25,000/s", row.figure >= aim_webhooks_per_second};
    setting.report.add(std::move(row));
    return boost::outcome_v2::success();
}

}  // namespace

Result<void> run_webhooks(const Setting& setting) {
    BOOST_OUTCOME_TRYV(measure_echo(setting));
    for (const bool follower : {false, true}) {
        for (const std::size_t connections : connection_counts) {
            BOOST_OUTCOME_TRYV(measure_ledger(setting, follower, connections));
        }
    }
    return boost::outcome_v2::success();
}

}  // namespace bench
