// One master order to 500 followers: until all intents, and until all acknowledgements are durable.
#include "bench/benchmark.h"
#include "bench/child_process.h"
#include "bench/echo_server.h"
#include "bench/fanout_node.h"
#include "bench/http_load.h"
#include "bench/plain_file.h"
#include "bench/process_use.h"
#include "executors/brokers/simulated/simulated_gateway.h"
#include "executors/brokers/xts/xts_gateway.h"

#include <fstream>

#include <fmt/format.h>

namespace bench {

namespace asio = boost::asio;
using ledger::Result;

namespace {

constexpr std::size_t followers = 500;
constexpr std::size_t warm_up_orders = 5;  // the first also logs in

// A twentieth of a minimal asyncio and PostgreSQL system on such a machine.
constexpr std::int64_t aim_ns = 651'000'000 / 20;
constexpr double aim_cpu_seconds = 0.82 / 20;

// The followers' orders fill at once.
constexpr std::string_view broker_configuration = R"(sync = false
[[prices]]
exchangeSegment = "NSECM"
exchangeInstrumentID = 2885
price = 1400
)";

struct Fanout {
    Latencies intended;
    Latencies acknowledged;
    double cpu_seconds = 0;  // on average, to the last acknowledgement
};

Result<Fanout> replicate_orders(const Setting& setting, FanoutNode& node) {
    const std::size_t orders = setting.quick ? 30 : 50;
    std::uint64_t order = 0;
    while (order < warm_up_orders) {
        BOOST_OUTCOME_TRYV(node.replicate(++order));
    }
    Fanout fanout;
    for (std::size_t i = 0; i < orders; ++i) {
        BOOST_OUTCOME_TRY(const FanoutTimes times, node.replicate(++order));
        fanout.intended.add(times.intended_ns);
        fanout.acknowledged.add(times.acknowledged_ns);
        fanout.cpu_seconds += times.acknowledged_cpu_seconds / static_cast<double>(orders);
    }
    return fanout;
}

// The least that durability costs: as many records in as few syncs as there are stages.
Result<double> measure_bare_file(const Setting& setting, std::size_t stages) {
    constexpr int rounds = 100;
    BOOST_OUTCOME_TRY(PlainFile file, PlainFile::create(setting.work.fresh("fanout-file")));
    const std::string record(200, 'r');
    Latencies latencies;
    for (int round = 0; round < rounds; ++round) {
        const std::int64_t before = now_ns();
        for (std::size_t stage = 0; stage < stages; ++stage) {
            for (std::size_t i = 0; i < followers; ++i) file.add(record);
            BOOST_OUTCOME_TRYV(file.commit());
        }
        latencies.add(now_ns() - before);
    }
    return static_cast<double>(latencies.spread().p50_ns);
}

// The least that HTTP costs: as many requests on as many connections to a server that only answers.
Result<double> measure_bare_http(const Setting& setting) {
    BOOST_OUTCOME_TRY(const ChildProcess server, start_echo_server(setting));
    LoadPlan plan;
    plan.port = server.port();
    plan.connections = executors::XtsOptions{}.connections_max;
    plan.row_ns = setting.row_ns() / 2;
    BOOST_OUTCOME_TRY(const LoadOutcome load, run_load(plan));
    return static_cast<double>(followers) * 1e9 / load.per_second;
}

Row row_of(std::string name, std::string conditions, const Spread& spread, Limit limit) {
    const auto p50_ns = static_cast<double>(spread.p50_ns);
    limit.ratio = ratio_of(p50_ns, limit.value);
    return {.name = std::move(name),
            .conditions = std::move(conditions),
            .latency = spread,
            .figure = p50_ns > 0 ? static_cast<double>(followers) * 1e9 / p50_ns : 0,
            .unit = "follower orders/s",
            .cpu_seconds = 0,
            .limit = std::move(limit),
            .aim = {}};
}

struct BrokerSeat {
    std::string name;
    std::string conditions;
    Limit least;  // that asking it can take, on top of the syncs
};

Result<void> report_fanout(const Setting& setting, const BrokerSeat& broker, const Fanout& fanout) {
    BOOST_OUTCOME_TRY(const double bare_sync_ns, measure_bare_file(setting, 1));
    BOOST_OUTCOME_TRY(const double bare_syncs_ns, measure_bare_file(setting, 3));
    const std::string common = fmt::format(
        "one master order at a time to {} followers; CPU s is this process's for one order, to its "
        "last acknowledgement; {}",
        followers, broker.conditions);
    Row row = row_of("fanout/" + broker.name + "/intents",
                     "from submit to all intents durable; " + common, fanout.intended.spread(),
                     Limit{"a bare sync of as many records", bare_sync_ns, 0});
    setting.report.add(std::move(row));
    row = row_of(
        "fanout/" + broker.name + "/acks",
        "from submit to all acknowledgements durable, each attempt durable before it is "
        "sent; " +
            common,
        fanout.acknowledged.spread(),
        Limit{"three such syncs" + broker.least.what, bare_syncs_ns + broker.least.value, 0});
    row.cpu_seconds = fanout.cpu_seconds;
    row.aim = Aim{"32.5 ms at p50, 0.041 CPU s",
                  row.latency->p50_ns <= aim_ns && row.cpu_seconds <= aim_cpu_seconds};
    setting.report.add(std::move(row));
    return boost::outcome_v2::success();
}

Result<void> measure_simulated(const Setting& setting) {
    const MakeGateway make = [](const asio::any_io_executor&) {
        return Result<std::unique_ptr<executors::BrokerGateway>>{
            std::make_unique<executors::SimulatedGateway>(
                executors::SimulatedOptions{.fill_at_once = true, .behaviour = {}})};
    };
    BOOST_OUTCOME_TRY(const auto node,
                      FanoutNode::start(setting.work.fresh("fanout"), followers, make));
    BOOST_OUTCOME_TRY(const Fanout fanout, replicate_orders(setting, *node));
    return report_fanout(setting, {"simulated", "the broker answers at once, in this process", {}},
                         fanout);
}

Result<ChildProcess> start_broker(const Setting& setting) {
    BOOST_OUTCOME_TRY(const std::string directory, setting.work.make_directory("fanout-broker"));
    std::ofstream{directory + "/brokersim.toml"} << broker_configuration;
    const Launch launch{setting.copyledger,
                        {"brokersim", "--config", "brokersim.toml", "--listen", "127.0.0.1:0"},
                        directory};
    return ChildProcess::start(launch);
}

Result<void> measure_xts(const Setting& setting) {
    BOOST_OUTCOME_TRY(const ChildProcess broker, start_broker(setting));
    const MakeGateway make = [&](const asio::any_io_executor& executor)
        -> Result<std::unique_ptr<executors::BrokerGateway>> {
        executors::XtsOptions options;
        options.base_url = broker.url();
        BOOST_OUTCOME_TRY(auto gateway, executors::XtsGateway::make(executor, options));
        return std::unique_ptr<executors::BrokerGateway>{std::move(gateway)};
    };
    BOOST_OUTCOME_TRY(const auto node,
                      FanoutNode::start(setting.work.fresh("fanout"), followers, make));
    BOOST_OUTCOME_TRY(const double before, cpu_seconds_of(broker.pid()));
    BOOST_OUTCOME_TRY(const Fanout fanout, replicate_orders(setting, *node));
    BOOST_OUTCOME_TRY(const double after, cpu_seconds_of(broker.pid()));
    BOOST_OUTCOME_TRY(const double bare_http_ns, measure_bare_http(setting));
    return report_fanout(
        setting,
        {"xts",
         fmt::format("over HTTP on loopback, 64 connections, to `copyledger brokersim`, a process "
                     "of its own that shares the processors and took {:.2f} s of them in all",
                     after - before),
         Limit{" and as many bare requests", bare_http_ns, 0}},
        fanout);
}

}  // namespace

Result<void> run_fanout(const Setting& setting) {
    BOOST_OUTCOME_TRYV(measure_simulated(setting));
    return measure_xts(setting);
}

}  // namespace bench
