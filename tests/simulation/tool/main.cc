// copyledger-sim: runs seeds, dealt to as many processes as there are processors, and says which of
// them found something.
#include "tests/simulation/run/simulation.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using simulation::Figures;
using simulation::Options;
using simulation::Simulation;
using simulation::Verdict;

constexpr std::size_t lines_shown = 60;

struct Arguments {
    std::uint64_t seed = 1;
    std::uint64_t seeds = 1;
    std::uint32_t steps = Options{}.steps;
    std::uint32_t bug = 0;
    std::uint32_t jobs = std::max(1U, std::thread::hardware_concurrency());
    bool first = false;  // ends at the first seed that finds something
    bool trace = false;
};

std::uint64_t seed_under_way = 0;

// An assertion of the ledger's has failed.
extern "C" void say_seed(int) {
    const std::string text =
        fmt::format("seed {} aborted; copyledger-sim --seed {} --trace shows how\n", seed_under_way,
                    seed_under_way);
    static_cast<void>(!::write(STDERR_FILENO, text.data(), text.size()));
}

void add_options(CLI::App& app, Arguments& arguments) {
    app.add_option("--seed", arguments.seed, "the first one")->capture_default_str();
    app.add_option("--seeds", arguments.seeds, "how many")->capture_default_str();
    app.add_option("--steps", arguments.steps, "how long the faults go on")->capture_default_str();
    app.add_option("--bug", arguments.bug, "a planted bug, by its place in planted_bug.h");
    app.add_option("--jobs", arguments.jobs, "processes at once")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    app.add_flag("--first", arguments.first, "end at the first seed that finds something");
    app.add_flag("--trace", arguments.trace, "line by line, in one process");
}

Options options_of(const Arguments& arguments, std::uint64_t seed) {
    Options options;
    options.seed = seed;
    options.steps = arguments.steps;
    options.bug = static_cast<simulation::PlantedBug>(arguments.bug);
    return options;
}

void add(Figures& sum, const Figures& figures) {
    sum.steps += figures.steps;
    sum.crashes += figures.crashes;
    sum.boots += figures.boots;
    sum.events += figures.events;
    sum.follower_orders += figures.follower_orders;
    sum.broker_orders += figures.broker_orders;
    sum.virtual_ns += figures.virtual_ns;
}

// The same run again, for its last lines.
void show_end(Options options) {
    std::deque<std::string> lines;
    options.listener = [&](const std::string& line) {
        lines.push_back(line);
        if (lines.size() > lines_shown) lines.pop_front();
    };
    static_cast<void>(Simulation{options}.run());
    for (const std::string& line : lines) fmt::print("  {}\n", line);
}

bool run_seed(const Arguments& arguments, std::uint64_t seed, Figures& sum) {
    Options options = options_of(arguments, seed);
    if (arguments.trace) {
        options.listener = [](const std::string& line) {
            fmt::print("{}\n", line);
            std::fflush(stdout);
        };
    }
    seed_under_way = seed;
    const Verdict verdict = Simulation{options}.run();
    add(sum, verdict.figures);
    if (verdict.findings.empty()) return true;
    fmt::print("seed {} found:\n", seed);
    for (const std::string& finding : verdict.findings) fmt::print("  {}\n", finding);
    std::fflush(stdout);
    if (!arguments.trace) {
        fmt::print("the last that happened:\n");
        show_end(options);
        fmt::print("all of it: copyledger-sim --seed {} --steps {} --trace\n", seed,
                   arguments.steps);
    }
    return false;
}

// What one process has run.
struct Tally {
    Figures figures;
    std::uint64_t failed = 0;
};

// Every `arguments.jobs`th seed from `at` on.
Tally run_share(const Arguments& arguments, std::uint64_t at) {
    Tally tally;
    for (; at < arguments.seeds && !(arguments.first && tally.failed > 0); at += arguments.jobs) {
        if (!run_seed(arguments, arguments.seed + at, tally.figures)) ++tally.failed;
    }
    return tally;
}

// A process that runs its share, and the end of a pipe where it will leave its tally.
std::pair<pid_t, int> start(const Arguments& arguments, std::uint64_t at) {
    std::array<int, 2> ends{};
    std::fflush(stdout);
    if (::pipe(ends.data()) != 0) throw std::system_error{errno, std::generic_category(), "pipe"};
    const pid_t process = ::fork();
    if (process < 0) throw std::system_error{errno, std::generic_category(), "fork"};
    if (process > 0) {
        ::close(ends[1]);
        return {process, ends[0]};
    }
    const Tally tally = run_share(arguments, at);
    std::fflush(stdout);
    const bool told = ::write(ends[1], &tally, sizeof tally) == sizeof tally;
    std::_Exit(told ? 0 : 1);
}

// A process that ended before its time has failed with the seed that it named.
Tally tally_at(int end) {
    Tally tally;
    if (::read(end, &tally, sizeof tally) != sizeof tally) tally.failed = 1;
    ::close(end);
    return tally;
}

Tally run_all(const Arguments& arguments) {
    if (arguments.jobs == 1) return run_share(arguments, 0);
    std::map<pid_t, int> tallies;
    for (std::uint64_t at = 0; at < arguments.jobs; ++at) {
        tallies.insert(start(arguments, at));
    }
    Tally sum;
    while (!tallies.empty()) {
        const auto ended = tallies.extract(::wait(nullptr));
        if (ended.empty()) continue;
        const Tally tally = tally_at(ended.mapped());
        add(sum.figures, tally.figures);
        sum.failed += tally.failed;
        if (!arguments.first || sum.failed == 0) continue;
        for (const auto& [process, end] : tallies) ::kill(process, SIGTERM);
        break;
    }
    return sum;
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App app{"runs the simulation (docs/simulation.md)", "copyledger-sim"};
    add_options(app, arguments);
    CLI11_PARSE(app, argc, argv);
    if (arguments.trace) arguments.jobs = 1;
    arguments.jobs =
        static_cast<std::uint32_t>(std::clamp<std::uint64_t>(arguments.seeds, 1, arguments.jobs));
    std::signal(SIGABRT, say_seed);
    const auto started = std::chrono::steady_clock::now();
    const auto [sum, failed] = run_all(arguments);
    const auto took = std::chrono::steady_clock::now() - started;
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    const auto per = static_cast<std::uint64_t>(std::max<std::int64_t>(ms, 1));
    fmt::print(
        "{} seeds, {} found something; {} steps, {} crashes, {} starts, {} events, "
        "{} copies, {} orders at brokers, {} virtual hours, in {}.{:03} s: {} seeds and {} crashes "
        "a second\n",
        arguments.seeds, failed, sum.steps, sum.crashes, sum.boots, sum.events, sum.follower_orders,
        sum.broker_orders, sum.virtual_ns / (3'600 * simulation::ns_per_second), ms / 1'000,
        ms % 1'000, arguments.seeds * 1'000 / per, sum.crashes * 1'000 / per);
    return failed == 0 ? 0 : 1;
}
