// copyledger_torture: kills real processes for as long as it is told to, and says what broke.
#include "tests/torture/run/campaign.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace {

using ledger::KillPoint;
using torture::Campaign;
using torture::Tally;
using Clock = std::chrono::steady_clock;

struct Arguments {
    std::optional<std::uint64_t> minutes;
    std::optional<std::uint64_t> rounds;
    std::uint64_t seed = static_cast<std::uint64_t>(
        std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds{1});
};

template <class T>
bool take_number(std::string_view text, T& number) {
    std::uint64_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    number = value;
    return result.ec == std::errc{} && result.ptr == text.data() + text.size();
}

bool parse(int argc, char** argv, Arguments& arguments) {
    for (int n = 1; n < argc; n += 2) {
        if (n + 1 == argc) return false;
        const std::string_view name{argv[n]};
        const std::string_view value{argv[n + 1]};
        const bool taken = name == "--minutes"  ? take_number(value, arguments.minutes)
                           : name == "--rounds" ? take_number(value, arguments.rounds)
                           : name == "--seed"   ? take_number(value, arguments.seed)
                                                : false;
        if (!taken) return false;
    }
    if (!arguments.minutes && !arguments.rounds) arguments.minutes = 1;
    return true;
}

class Run {
  public:
    explicit Run(const Arguments& arguments) : arguments_(arguments), started_(Clock::now()) {}

    // Campaign after campaign. False where one found something.
    bool go() {
        for (std::uint64_t seed = arguments_.seed; !is_over(); ++seed) {
            if (!run_campaign(seed)) return false;
        }
        return true;
    }

    void tell() const {
        const torture::Kills& kills = tally_.kills;
        std::uint64_t at_points = 0;
        for (const auto& [point, count] : kills.at_points) at_points += count;
        fmt::print(
            "{} rounds, settled and compared {} times; the ledger killed {} times, {} of them at "
            "named points, the broker {} times; {} facts in {} deliveries, {} orders at the "
            "broker, in {} s\n",
            tally_.rounds, tally_.settled, kills.ledger, at_points, kills.broker, tally_.facts,
            tally_.deliveries, tally_.broker_orders,
            std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - started_).count());
        std::fflush(stdout);
    }

    void tell_points() const {
        for (const auto& word : torture::points_of_a_server()) {
            const auto found = tally_.kills.at_points.find(word.value);
            fmt::print("  {:<20} {:>6}\n", word.text,
                       found == tally_.kills.at_points.end() ? 0 : found->second);
        }
    }

  private:
    [[nodiscard]] bool is_over() const {
        const bool rounds = arguments_.rounds && tally_.rounds >= *arguments_.rounds;
        const bool time = arguments_.minutes &&
                          Clock::now() - started_ >= std::chrono::minutes{*arguments_.minutes};
        return rounds || time;
    }

    // Of its seed alone, so that a later one can be had again first.
    bool run_campaign(std::uint64_t seed) {
        // The log grows, and each comparison with it.
        constexpr std::uint64_t rounds_max = 40;
        constexpr std::uint64_t rounds_between_comparisons = 4;
        simulation::Dice dice{seed, 't'};
        std::size_t point = dice.below(points_.size());
        std::string directory = "a new folder here";
        try {
            Campaign campaign{seed, tally_};
            directory = campaign.directory();
            for (std::uint64_t round = 1; round <= rounds_max && !is_over(); ++round) {
                run_round(campaign, dice, point);
                if (round % rounds_between_comparisons != 0) continue;
                campaign.settle();
                tell();
            }
            campaign.finish();
            return true;
        } catch (const std::exception& error) {
            fmt::print("seed {}, round {}: {}\nall of it is in {}\n", seed, tally_.rounds,
                       error.what(), directory);
            return false;
        }
    }

    // The points in turn.
    void run_round(Campaign& campaign, simulation::Dice& dice, std::size_t& point) const {
        if (dice.chance(400)) return campaign.round_of_random_kills();
        const auto& word = points_.at(point++ % points_.size());
        campaign.round_at(word.value, dice.below(torture::passes_max(word.value)) + 1);
    }

    const std::vector<ledger::Word<ledger::KillPoint>> points_ = torture::points_of_a_server();
    Arguments arguments_;
    Clock::time_point started_;
    Tally tally_;
};

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    if (!parse(argc, argv, arguments)) {
        fmt::print(stderr, "usage: copyledger_torture [--minutes N] [--rounds N] [--seed N]\n");
        return 2;
    }
    fmt::print("seed {}\n", arguments.seed);
    Run run{arguments};
    const bool whole = run.go();
    run.tell();
    run.tell_points();
    return whole ? 0 : 1;
}
