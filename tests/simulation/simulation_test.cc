// The simulation itself: clean runs, the seeds that once were not, and that a seed decides a run.
#include "tests/simulation/run/simulation.h"

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

namespace simulation_test {

using simulation::Options;
using simulation::Simulation;

namespace {

struct Seed {
    std::uint64_t seed = 0;
    std::uint32_t steps = Options{}.steps;
};

// A line is a seed, perhaps its steps, and behind a # what it once found.
std::vector<Seed> regression_seeds() {
    std::ifstream file{COPYLEDGER_SOURCE_DIR "/tests/simulation/regression_seeds.txt"};
    std::vector<Seed> seeds;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words{line.substr(0, line.find('#'))};
        Seed seed;
        if (!(words >> seed.seed)) continue;
        if (std::uint32_t steps = 0; words >> steps) seed.steps = steps;
        seeds.push_back(seed);
    }
    return seeds;
}

void expect_clean(const Seed& seed) {
    Options options;
    options.seed = seed.seed;
    options.steps = seed.steps;
    const auto verdict = Simulation{options}.run();
    INFO("copyledger-sim --seed " << seed.seed << " --steps " << seed.steps);
    for (const std::string& finding : verdict.findings) UNSCOPED_INFO(finding);
    CHECK(verdict.findings.empty());
}

std::string trace_of(std::uint64_t seed) {
    std::string lines;
    Options options;
    options.seed = seed;
    options.listener = [&](const std::string& line) { lines += line + '\n'; };
    static_cast<void>(Simulation{options}.run());
    return lines;
}

}  // namespace

TEST_CASE("runs of many kinds of faults break no invariant", "[simulation]") {
    constexpr std::uint64_t seeds = 25;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) expect_clean({.seed = seed});
}

TEST_CASE("the seeds that once found something find it no more", "[simulation]") {
    const auto seeds = regression_seeds();
    REQUIRE_FALSE(seeds.empty());
    for (const Seed& seed : seeds) expect_clean(seed);
}

TEST_CASE("the same seed is the same run, byte for byte", "[simulation]") {
    const std::string first = trace_of(3);
    CHECK(first.size() > 10'000);
    CHECK(first == trace_of(3));
    CHECK(first != trace_of(4));
}

}  // namespace simulation_test
