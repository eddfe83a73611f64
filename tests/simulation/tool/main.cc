// copyledger-sim: runs seeds and says which of them found something.
#include "tests/simulation/run/simulation.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string_view>

#include <fmt/format.h>
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

template <class T>
bool take_number(std::string_view text, T& number) {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    return result.ec == std::errc{} && result.ptr == text.data() + text.size();
}

bool parse(int argc, char** argv, Arguments& arguments) {
    for (int n = 1; n < argc; ++n) {
        const std::string_view name{argv[n]};
        if (name == "--trace" || name == "--first") {
            (name == "--trace" ? arguments.trace : arguments.first) = true;
            continue;
        }
        if (++n == argc) return false;
        const std::string_view value{argv[n]};
        const bool taken = name == "--seed"    ? take_number(value, arguments.seed)
                           : name == "--seeds" ? take_number(value, arguments.seeds)
                           : name == "--steps" ? take_number(value, arguments.steps)
                           : name == "--bug"   ? take_number(value, arguments.bug)
                                               : false;
        if (!taken) return false;
    }
    return true;
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

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    if (!parse(argc, argv, arguments)) {
        fmt::print(stderr,
                   "usage: copyledger-sim [--seed N] [--seeds K] [--first] [--steps M] [--trace] "
                   "[--bug B]\n");
        return 2;
    }
    std::signal(SIGABRT, say_seed);
    const auto started = std::chrono::steady_clock::now();
    Figures sum;
    std::uint64_t failed = 0;
    for (std::uint64_t n = 0; n < arguments.seeds && !(arguments.first && failed > 0); ++n) {
        if (!run_seed(arguments, arguments.seed + n, sum)) ++failed;
    }
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
