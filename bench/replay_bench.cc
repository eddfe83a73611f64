// The log folded again into every projection, and what it takes on disk.
#include "bench/benchmark.h"
#include "bench/process_use.h"
#include "bench/trading_day.h"
#include "ledger/log/record_codec.h"
#include "ledger/log/rocksdb_journal.h"
#include "tools/data_directory.h"
#include "tools/system_ports.h"

#include <chrono>
#include <thread>

#include <fmt/format.h>

namespace bench {

using ledger::Result;
using ledger::log::RocksdbJournal;

namespace {

constexpr std::size_t day_followers = 1000;
constexpr double aim_events_per_second = 1'000'000;
constexpr double aim_bytes = 150;

struct Made {
    std::uint64_t events = 0;
    std::size_t follower_orders = 0;
};

// Synced only at the end: what making it costs is measured elsewhere.
Result<Made> make_log(const std::string& directory, std::uint64_t events) {
    BOOST_OUTCOME_TRY(auto journal, RocksdbJournal::open({.directory = directory, .sync = false}));
    const tools::SystemClock clock;
    ledger::Sequencer sequencer{*journal, clock, {}, {}};
    TradingDay day{sequencer};
    BOOST_OUTCOME_TRYV(day.open_accounts(day_followers));
    while (day.events() < events) {
        BOOST_OUTCOME_TRYV(day.live_one_order());
    }
    return Made{day.events(), day.follower_orders()};
}

// Opened again, the log lies in tables, not in write-ahead files; then the database tidies up in
// the background and deletes what it replaced at a bounded rate.
Result<std::uint64_t> settled_bytes(const std::string& directory) {
    constexpr std::chrono::milliseconds look_again{500};
    constexpr int looks_max = 60;
    BOOST_OUTCOME_TRY(auto journal, RocksdbJournal::open({.directory = directory}));
    std::uint64_t bytes = bytes_below(directory);
    for (int look = 0, same = 0; look < looks_max && same < 4; ++look) {
        std::this_thread::sleep_for(look_again);
        const std::uint64_t now = bytes_below(directory);
        same = now == bytes ? same + 1 : 0;
        bytes = now;
    }
    return bytes;
}

struct Replayed {
    double open_seconds = 0;
    double fold_seconds = 0;
    double cpu_seconds = 0;
};

Result<Replayed> replay(const std::string& directory) {
    const double cpu_before = cpu_seconds();
    const std::int64_t start_ns = now_ns();
    BOOST_OUTCOME_TRY(auto journal,
                      RocksdbJournal::open({.directory = directory, .read_only = true}));
    const std::int64_t opened_ns = now_ns();
    BOOST_OUTCOME_TRY(const auto view, tools::load_view(*journal, tools::DataPaths{directory},
                                                        journal->last_sequence()));
    const std::int64_t end_ns = now_ns();
    return Replayed{to_seconds(opened_ns - start_ns), to_seconds(end_ns - opened_ns),
                    cpu_seconds() - cpu_before};
}

// The journal read and decoded, and nothing made of it.
Result<double> decode_seconds(const std::string& directory) {
    BOOST_OUTCOME_TRY(auto journal,
                      RocksdbJournal::open({.directory = directory, .read_only = true}));
    Result<void> decoded = boost::outcome_v2::success();
    const std::int64_t start_ns = now_ns();
    BOOST_OUTCOME_TRYV(
        journal->scan(1, journal->last_sequence(), [&](std::uint64_t, std::string_view record) {
            const auto event = ledger::log::decode_record(record);
            if (!event) decoded = event.error();
            return event.has_value();
        }));
    BOOST_OUTCOME_TRYV(decoded);
    return to_seconds(now_ns() - start_ns);
}

Row row_of(const std::string& name, const Made& made, const Replayed& replayed) {
    const double per_second = static_cast<double>(made.events) / replayed.fold_seconds;
    return {.name = "replay/" + name,
            .conditions = fmt::format(
                "{} events ({} follower orders of {} followers) folded into every projection by "
                "one thread in {:.2f} s; before it {:.2f} s to open the log",
                made.events, made.follower_orders, day_followers, replayed.fold_seconds,
                replayed.open_seconds),
            .latency = {},
            .figure = per_second,
            .unit = "events/s",
            .cpu_seconds = replayed.cpu_seconds,
            .limit = {},
            .aim = Aim{"1,000,000/s", per_second >= aim_events_per_second}};
}

void report_disk(const Setting& setting, const Made& made, std::uint64_t bytes) {
    const double per_event = static_cast<double>(bytes) / static_cast<double>(made.events);
    setting.report.add({.name = "disk/bytes",
                        .conditions = fmt::format("{} bytes for {} events: records, id index, "
                                                  "entity index and what the database adds",
                                                  bytes, made.events),
                        .latency = {},
                        .figure = per_event,
                        .unit = "bytes/event",
                        .cpu_seconds = 0,
                        .limit = {},
                        .aim = Aim{"150 or less", per_event <= aim_bytes}});
}

}  // namespace

Result<void> run_replay(const Setting& setting) {
    const std::string directory = setting.work.fresh("replay");
    BOOST_OUTCOME_TRY(const Made made, make_log(directory, setting.quick ? 200'000 : 2'000'000));
    BOOST_OUTCOME_TRY(const std::uint64_t bytes, settled_bytes(directory));
    report_disk(setting, made, bytes);
    BOOST_OUTCOME_TRYV(drop_page_cache(directory));
    BOOST_OUTCOME_TRY(const Replayed cold, replay(directory));
    BOOST_OUTCOME_TRY(const Replayed warm, replay(directory));
    BOOST_OUTCOME_TRY(const double decoding, decode_seconds(directory));
    const double decoded = static_cast<double>(made.events) / decoding;
    for (const auto& [name, replayed] : {std::pair{"cold", cold}, std::pair{"warm", warm}}) {
        Row row = row_of(name, made, replayed);
        row.limit = Limit{"reading and decoding alone", decoded, ratio_of(row.figure, decoded)};
        setting.report.add(std::move(row));
    }
    return boost::outcome_v2::success();
}

}  // namespace bench
