// How soon the past can be told: any instant of a log, from its snapshots; and a server's start.
#include "bench/benchmark.h"
#include "bench/process_use.h"
#include "bench/trading_day.h"
#include "ledger/base/assert.h"
#include "ledger/log/rocksdb_journal.h"
#include "ledger/replication/order_blocks.h"
#include "projections/snapshot_thinning.h"
#include "projections/views.h"
#include "tools/history.h"
#include "tools/projector.h"
#include "tools/snapshot_upkeep.h"
#include "tools/system_ports.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace bench {

using ledger::Result;
using ledger::log::RocksdbJournal;

namespace {

constexpr std::size_t followers = 1000;
constexpr int looks = 12;

constexpr std::int64_t day_ns = 86'400'000'000'000;

const std::uint64_t snapshot_every_events = tools::ProjectorOptions{}.snapshot_every_events;

struct PastLog {
    std::uint64_t events = 0;
    std::size_t follower_orders = 0;
};

Result<void> live_until(const std::string& directory, std::uint64_t events) {
    BOOST_OUTCOME_TRY(auto journal, RocksdbJournal::open({.directory = directory, .sync = false}));
    const tools::SystemClock clock;
    ledger::Sequencer sequencer{*journal, clock, {}, {}};
    TradingDay day{sequencer};
    BOOST_OUTCOME_TRYV(day.open_accounts(followers));
    while (day.events() < events) {
        BOOST_OUTCOME_TRYV(day.live_one_order());
    }
    return boost::outcome_v2::success();
}

// With the snapshots that a server leaves behind.
Result<PastLog> make_past_log(const std::string& directory, std::uint64_t events) {
    BOOST_OUTCOME_TRYV(live_until(directory, events));
    BOOST_OUTCOME_TRY(const auto journal, RocksdbJournal::open({.directory = directory}));
    BOOST_OUTCOME_TRY(const auto view, tools::load_and_mend(*journal, tools::DataPaths{directory},
                                                            snapshot_every_events));
    return PastLog{view.sequence(), view.state().follower_orders.size()};
}

// Spread over the log, and no multiple of the snapshots' distance.
std::uint64_t instant(std::uint64_t last, int look) {
    constexpr std::uint64_t step = 7919;
    return 1 + (static_cast<std::uint64_t>(look) * last / looks + step * 13) % last;
}

// The first page of each of these views.
Result<void> read_pages(const projections::LedgerView& view) {
    constexpr std::uint64_t page_rows = 100;
    for (const std::string_view name : {"accounts", "positions", "orders", "mappings"}) {
        projections::ViewQuery query;
        query.view = name;
        query.rows_max = page_rows;
        BOOST_OUTCOME_TRY(projections::visit_view(view, query, [](const projections::Row&) {}));
    }
    return boost::outcome_v2::success();
}

Result<void> look_once(const std::string& directory, std::uint64_t sequence, Latencies& out) {
    const std::int64_t start_ns = now_ns();
    BOOST_OUTCOME_TRY(const auto journal,
                      RocksdbJournal::open({.directory = directory, .read_only = true}));
    tools::History history{*journal, directory};
    BOOST_OUTCOME_TRY(const auto moment, history.at({std::to_string(sequence), {}}, {}));
    BOOST_OUTCOME_TRYV(read_pages(*moment.view));
    out.add(now_ns() - start_ns);
    return boost::outcome_v2::success();
}

Result<Spread> cold(const std::string& directory, std::uint64_t last) {
    Latencies latencies;
    for (int look = 0; look < looks; ++look) {
        BOOST_OUTCOME_TRYV(drop_page_cache(directory));
        BOOST_OUTCOME_TRYV(look_once(directory, instant(last, look), latencies));
    }
    return latencies.spread();
}

// In a server: the log is open, and the instant before it was looked at a moment ago.
Result<Spread> warm(const std::string& directory, std::uint64_t last) {
    constexpr std::uint64_t a_little_later = 1000;
    BOOST_OUTCOME_TRY(const auto journal,
                      RocksdbJournal::open({.directory = directory, .read_only = true}));
    tools::History history{*journal, directory};
    Latencies latencies;
    for (int look = 0; look < looks; ++look) {
        const std::uint64_t sequence = instant(last, look);
        BOOST_OUTCOME_TRYV(history.at({std::to_string(sequence), {}}, {}));
        const std::int64_t start_ns = now_ns();
        const std::uint64_t next = std::min(sequence + a_little_later, last);
        BOOST_OUTCOME_TRY(const auto moment, history.at({std::to_string(next), {}}, {}));
        BOOST_OUTCOME_TRYV(read_pages(*moment.view));
        latencies.add(now_ns() - start_ns);
    }
    return latencies.spread();
}

Result<Spread> restart(const std::string& directory) {
    Latencies latencies;
    BOOST_OUTCOME_TRYV(drop_page_cache(directory));
    const std::int64_t start_ns = now_ns();
    BOOST_OUTCOME_TRY(const auto journal, RocksdbJournal::open({.directory = directory}));
    BOOST_OUTCOME_TRY(const auto view, tools::load_and_mend(*journal, tools::DataPaths{directory},
                                                            snapshot_every_events));
    const ledger::replication::State writers = view.state();
    std::uint64_t unsettled = 0;
    ledger::replication::visit_unsettled(writers, writers.recorded_at_ns - day_ns,
                                         [&](const auto& order) {
                                             if (is_pending(order)) ++unsettled;
                                         });
    LEDGER_ASSERT(unsettled < writers.follower_orders.size());
    latencies.add(now_ns() - start_ns);
    return latencies.spread();
}

Row row_of(const std::string& name, const PastLog& log, const Spread& spread, std::int64_t aim_ns) {
    const double worst = to_seconds(spread.max_ns);
    return {.name = fmt::format("past/{}/{}k", name, log.events / 1000),
            .conditions =
                fmt::format("{} events, {} follower orders of {} followers, snapshots every {}",
                            log.events, log.follower_orders, followers,
                            projections::snapshot_distance(log.events, snapshot_every_events)),
            .latency = spread,
            .figure = worst,
            .unit = "s at worst",
            .cpu_seconds = 0,
            .limit = {},
            .aim = Aim{fmt::format("{:g} s", to_seconds(aim_ns)), spread.max_ns <= aim_ns}};
}

Result<void> measure_past(const Setting& setting, std::uint64_t events) {
    constexpr std::int64_t ns_per_ms = 1'000'000;
    const std::string directory = setting.work.fresh("past" + std::to_string(events));
    BOOST_OUTCOME_TRY(const PastLog log, make_past_log(directory, events));
    BOOST_OUTCOME_TRY(const Spread colds, cold(directory, log.events));
    setting.report.add(row_of("cold", log, colds, 250 * ns_per_ms));
    BOOST_OUTCOME_TRY(const Spread warms, warm(directory, log.events));
    setting.report.add(row_of("warm", log, warms, 50 * ns_per_ms));
    BOOST_OUTCOME_TRY(const Spread starts, restart(directory));
    setting.report.add(row_of("restart", log, starts, 2000 * ns_per_ms));
    return boost::outcome_v2::success();
}

}  // namespace

Result<void> run_past(const Setting& setting) {
    if (setting.past_events != 0) return measure_past(setting, setting.past_events);
    BOOST_OUTCOME_TRYV(measure_past(setting, setting.quick ? 50'000 : 1'000'000));
    return measure_past(setting, setting.quick ? 200'000 : 2'000'000);
}

}  // namespace bench
