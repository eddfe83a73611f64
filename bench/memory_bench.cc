// The memory that a ledger of a certain size lives in.
#include "bench/benchmark.h"
#include "bench/null_journal.h"
#include "bench/process_use.h"
#include "bench/trading_day.h"
#include "projections/ledger_view.h"
#include "tools/system_ports.h"

#include <fmt/format.h>

namespace bench {

using ledger::Result;

namespace {

constexpr std::size_t followers_of_one = 1000;
constexpr double mib = 1024.0 * 1024.0;

}  // namespace

Result<void> run_memory(const Setting& setting) {
    const std::size_t wanted = setting.quick ? 100'000 : 1'000'000;
    BOOST_OUTCOME_TRY(const std::uint64_t before, resident_bytes());
    const double cpu_before = cpu_seconds();
    NullJournal journal;
    const tools::SystemClock clock;
    projections::LedgerView view;
    ledger::Sequencer sequencer{journal, clock, {}, {}};
    sequencer.observe([&](const ledger::Sequencer::EventBatch& batch) {
        for (const ledger::Event& event : *batch) view.apply(event);
    });
    TradingDay day{sequencer};
    BOOST_OUTCOME_TRYV(day.open_accounts(followers_of_one));
    while (day.follower_orders() < wanted) {
        BOOST_OUTCOME_TRYV(day.live_one_order());
    }
    BOOST_OUTCOME_TRY(const std::uint64_t after, resident_bytes());
    const auto bytes = static_cast<double>(after - before);
    const auto orders = static_cast<double>(day.follower_orders());
    setting.report.add(
        {.name = "memory/state",
         .conditions = fmt::format(
             "the sequencer's state and the view of every projection, each by itself as `serve` "
             "holds them, after {} events: {} followers, {} follower orders, {:.0f} bytes each; "
             "not RocksDB's caches (some 150 MiB)",
             day.events(), followers_of_one, day.follower_orders(), bytes / orders),
         .latency = {},
         .figure = bytes / mib,
         .unit = "MiB",
         .cpu_seconds = cpu_seconds() - cpu_before,
         .limit = {},
         .aim = {}});
    return boost::outcome_v2::success();
}

}  // namespace bench
