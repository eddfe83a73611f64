// Each checker is shown to fail: a bug planted in the simulation's own twins is found by the
// checker that is there for it, within a bounded number of seeds.
#include "tests/simulation/run/simulation.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

namespace planted_bugs_test {

using simulation::Options;
using simulation::PlantedBug;
using simulation::Simulation;

namespace {

constexpr std::uint64_t seeds_max = 60;

struct Planted {
    std::string_view name;
    PlantedBug bug;
    std::string_view checker;
    std::uint64_t likely = 1;  // the seed to begin with; the others follow
};

// A seed whose run is found fault with by that checker, or 0.
std::uint64_t found_by(const Planted& planted) {
    for (std::uint64_t n = 0; n < seeds_max; ++n) {
        Options options;
        options.seed = 1 + (planted.likely - 1 + n) % seeds_max;
        options.bug = planted.bug;
        const auto verdict = Simulation{options}.run();
        const bool found = std::ranges::any_of(verdict.findings, [&](const std::string& finding) {
            return finding.starts_with(planted.checker);
        });
        if (found) return options.seed;
    }
    return 0;
}

}  // namespace

TEST_CASE("every planted bug is found by the checker that is there for it", "[simulation]") {
    using enum PlantedBug;
    const auto planted = GENERATE(
        Planted{"a gateway that asks again without a look", gateway_retries_blindly, "I1:", 4},
        Planted{"a book without its working orders", book_leaves_out_working_orders, "I1:", 4},
        Planted{"a gateway that sends another reference", gateway_loses_reference, "I2:"},
        Planted{"a gateway that answers itself", gateway_answers_itself, "I2:"},
        Planted{"a feed to which all is new", feed_calls_everything_new, "I3:", 16},
        Planted{"a journal that answers too early", journal_answers_before_durable, "I4:", 2},
        Planted{"a recovery that keeps half a commit", recovery_keeps_torn_batch,
                "completeness:", 7},
        Planted{"a view that misses fills", view_misses_fills, "I5:"},
        Planted{"a snapshot of two instants", snapshot_mixes_instants, "I5:", 2},
        Planted{"a journal that forgets ids", journal_forgets_ids, "I6:"},
        Planted{"a feed that numbers by arrival", feed_numbers_by_arrival, "I7:", 9},
        Planted{"a book that doubles fills", book_doubles_fills, "I11:"},
        Planted{"a journal that carries on", journal_retries_failed_write, "I15:", 2},
        Planted{"a gateway that forgets cancels", gateway_forgets_cancels, "rest:"},
        Planted{"a writer that forgets limits", writer_forgets_limits, "I8:", 5},
        Planted{"a writer that forgets what masters hold", writer_forgets_master_positions,
                "I9:", 4},
        Planted{"a writer that forgets what followers hold", writer_forgets_copies, "I10:", 14},
        Planted{"a past that knows the future", as_of_reads_too_far, "I12:"},
        Planted{"a gateway that tells secrets", gateway_tells_secrets, "I14:"},
        Planted{"a recovery that rewrites history", recovery_rewrites_history, "I13:", 2},
        Planted{"a writer that forgets a link", writer_forgets_a_link, "completeness:", 2},
        Planted{"a writer that forgets lots", writer_forgets_lots, "copy:", 3},
        Planted{"a writer that takes reductions for openings", writer_forgets_master_positions,
                "change:", 2},
        Planted{"a writer that forgets halts", writer_forgets_halts, "asked:", 2},
        Planted{"a writer that forgets chains", writer_forgets_chains, "chain:", 3});
    INFO(planted.name);
    CHECK(found_by(planted) > 0);
}

}  // namespace planted_bugs_test
