// `./run bench`: how fast the ledger is, beside what the machine can do at all.
#include "bench/benchmark.h"
#include "bench/echo_server.h"
#include "bench/options.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

namespace {

using ledger::Result;

struct Benchmark {
    std::string_view name;
    Result<void> (*run)(const bench::Setting&);
    std::string_view what;
};

constexpr std::array<Benchmark, 8> benchmarks{{
    {"machine", bench::run_machine, "what disk and memory can do at all"},
    {"decide", bench::run_decide, "one master order for 250 to 2,000 followers, every rule on"},
    {"memory", bench::run_memory, "resident memory with a million follower orders"},
    {"fanout", bench::run_fanout, "one master order to 500 followers"},
    {"webhooks", bench::run_webhooks, "durable webhooks per second over HTTP"},
    {"append", bench::run_append, "events per second appended durably"},
    {"replay", bench::run_replay, "events per second folded, and bytes per event on disk"},
    {"past", bench::run_past, "how soon any instant of a log is told, and a server restarted"},
}};

void print_help() {
    fmt::print(
        "usage: copyledger_bench [--only NAME]... [--quick] [--json FILE] [--past-events N]\n"
        "  --only NAME       only this benchmark; may be repeated\n"
        "  --quick           a second for each row, and smaller logs\n"
        "  --json FILE       also as JSON; \"-\" is standard output\n"
        "  --past-events N   one log of N events for `past`, such as 10000000\n\n");
    for (const Benchmark& benchmark : benchmarks) {
        fmt::print("  {:<10} {}\n", benchmark.name, benchmark.what);
    }
}

bool is_wanted(const Benchmark& benchmark, const bench::Options& options) {
    return options.only.empty() ||
           std::ranges::find(options.only, benchmark.name) != options.only.end();
}

Result<void> run_all(const bench::Options& options) {
    BOOST_OUTCOME_TRY(const auto work, bench::WorkDirectory::make());
    bench::Report report;
    const auto self = std::filesystem::read_symlink("/proc/self/exe");
    const bench::Setting setting{
        .work = work,
        .report = report,
        .copyledger = (self.parent_path() / "../tools/copyledger").lexically_normal().string(),
        .self = self.string(),
        .quick = options.quick,
        .past_events = options.past_events};
    for (const Benchmark& benchmark : benchmarks) {
        if (!is_wanted(benchmark, options)) continue;
        BOOST_OUTCOME_TRY(benchmark.run(setting));
    }
    report.print_table();
    if (options.json.empty()) return boost::outcome_v2::success();
    return bench::write_json(report, options.json);
}

bool are_known(const std::vector<std::string>& names) {
    return std::ranges::all_of(names, [](const std::string& name) {
        return std::ranges::find(benchmarks, name, &Benchmark::name) != benchmarks.end();
    });
}

}  // namespace

int main(int argc, char** argv) {
    constexpr int usage_error = 2;
    const auto options = bench::parse_options(argc, argv);
    if (!options) {
        fmt::print(stderr, "copyledger_bench: {}\n", options.error().detail);
        return usage_error;
    }
    if (options.value().help) return print_help(), 0;
    if (!are_known(options.value().only)) {
        fmt::print(stderr, "copyledger_bench: no such benchmark; see --help\n");
        return usage_error;
    }
    // A server that ends its connections is an error to report, not a signal to die of.
    std::signal(SIGPIPE, SIG_IGN);
    const auto done =
        options.value().echo_server ? bench::run_echo_server() : run_all(options.value());
    if (done) return 0;
    fmt::print(stderr, "copyledger_bench: {}\n", done.error().detail);
    return 1;
}
