// Durable appends, with one to thousands of appenders waiting: to a plain file, to the journal, and
// through the whole sequencer.
#include "bench/append_source.h"
#include "bench/benchmark.h"
#include "bench/closed_loop.h"
#include "bench/order_flow.h"
#include "bench/plain_file.h"
#include "ledger/base/assert.h"
#include "ledger/log/rocksdb_journal.h"
#include "tools/system_ports.h"
#include "tools/writer_thread.h"

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <thread>

#include <fmt/format.h>

namespace bench {

using ledger::Result;
using ledger::log::RocksdbJournal;

namespace {

constexpr std::array<std::size_t, 5> appender_counts{1, 16, 64, 512, 4096};
constexpr std::size_t batch_max = ledger::SequencerLimits{}.batch_commands_max;

// The aims of the project's brief.
constexpr double latency_ratio_max = 1.4;
constexpr double thousands_per_second_min = 250'000;
constexpr double thousands_ratio_min = 0.5;
constexpr std::int64_t ack_ns_max = 20'000'000;

using Appends = std::vector<const Append*>;
// All of them are durable when it returns.
using Commit = std::function<Result<void>(const Appends&)>;

// One thread makes each append and waits for it: no hand-over hides what the store costs.
Result<void> append_one_by_one(ClosedLoop& loop, AppendSource& source, const Commit& commit) {
    std::vector<std::uint32_t> free;
    Append append;
    while (loop.take_free(free)) {
        source.fill(append);
        loop.begin(free.front());
        BOOST_OUTCOME_TRYV(commit({&append}));
        loop.end(free.front());
    }
    return boost::outcome_v2::success();
}

Result<void> commit_groups(ClosedLoop& loop, ledger::BoundedQueue<std::uint32_t>& waiting,
                           const std::vector<Append>& appends, const Commit& commit) {
    constexpr std::chrono::milliseconds patience{1000};
    std::vector<std::uint32_t> taken;
    Appends group;
    while (waiting.pop_some(taken, batch_max, patience)) {
        for (const std::uint32_t appender : taken) group.push_back(&appends[appender]);
        if (auto done = commit(group); !done) {
            loop.give_up();
            return done;
        }
        for (const std::uint32_t appender : taken) loop.end(appender);
        taken.clear();
        group.clear();
    }
    return boost::outcome_v2::success();
}

Result<void> append_in_groups(ClosedLoop& loop, AppendSource& source, const Commit& commit) {
    std::vector<Append> appends(loop.appenders());
    ledger::BoundedQueue<std::uint32_t> waiting{loop.appenders()};
    Result<void> outcome = boost::outcome_v2::success();
    std::thread writer{[&] { outcome = commit_groups(loop, waiting, appends, commit); }};
    std::vector<std::uint32_t> free;
    while (loop.take_free(free)) {
        for (const std::uint32_t appender : free) {
            source.fill(appends[appender]);
            loop.begin(appender);
            LEDGER_ASSERT(waiting.try_push(std::uint32_t{appender}));
        }
    }
    waiting.close();
    writer.join();
    return outcome;
}

Result<ClosedLoop::Outcome> run_loop(const Setting& setting, std::size_t appenders,
                                     const Commit& commit) {
    BOOST_OUTCOME_TRY(auto samples, sample_events());
    AppendSource source{std::move(samples)};
    ClosedLoop loop{appenders, setting.row_ns()};
    if (appenders == 1) {
        BOOST_OUTCOME_TRYV(append_one_by_one(loop, source, commit));
    } else {
        BOOST_OUTCOME_TRYV(append_in_groups(loop, source, commit));
    }
    return loop.outcome();
}

Result<ClosedLoop::Outcome> run_file(const Setting& setting, std::size_t appenders) {
    BOOST_OUTCOME_TRY(PlainFile file, PlainFile::create(setting.work.fresh("append-file")));
    return run_loop(setting, appenders, [&](const Appends& group) {
        for (const Append* append : group) file.add(append->record);
        return file.commit();
    });
}

Result<ClosedLoop::Outcome> run_journal(const Setting& setting, std::size_t appenders) {
    BOOST_OUTCOME_TRY(auto journal,
                      RocksdbJournal::open({.directory = setting.work.fresh("append-journal")}));
    std::vector<ledger::log::JournalEntry> entries;
    return run_loop(setting, appenders, [&](const Appends& group) {
        entries.clear();
        for (const Append* append : group) {
            entries.push_back({append->record, append->ids, append->entities});
        }
        return journal->append(entries);
    });
}

// Each append is a master order that no follower copies: admitted, looked up, decided, folded,
// encoded and committed by the writer's thread.
void submit_orders(ClosedLoop& loop, ledger::Sequencer& sequencer, std::uint64_t& refused) {
    std::vector<std::uint32_t> free;
    std::uint64_t order = 0;
    while (loop.take_free(free)) {
        for (const std::uint32_t appender : free) {
            auto command = report_of({.order = ++order});
            loop.begin(appender);
            const bool taken =
                sequencer.submit(std::move(command), [&, appender](const auto& done) {
                    if (!done) ++refused;
                    loop.end(appender);
                });
            LEDGER_ASSERT(taken);
        }
    }
}

Result<ClosedLoop::Outcome> run_sequencer(const Setting& setting, std::size_t appenders) {
    BOOST_OUTCOME_TRY(auto journal,
                      RocksdbJournal::open({.directory = setting.work.fresh("append-sequencer")}));
    const tools::SystemClock clock;
    ledger::Sequencer sequencer{*journal, clock, {}, {}};
    LEDGER_ASSERT(sequencer.submit(open_master(), [](const auto&) {}));
    ClosedLoop loop{appenders, setting.row_ns()};
    std::optional<ledger::Error> failure;
    std::uint64_t refused = 0;
    {
        tools::WriterThread writer{sequencer, *journal,
                                   [&](const ledger::Error& error) { failure = error; }};
        submit_orders(loop, sequencer, refused);
    }
    if (failure) return *failure;
    if (refused > 0) {
        return ledger::Error{ledger::Errc::conflict, "the ledger refused a made-up order", {}};
    }
    return loop.outcome();
}

std::optional<Aim> aim_of(std::size_t appenders, const ClosedLoop::Outcome& outcome,
                          const Limit& limit) {
    if (appenders == 1) {
        return Aim{fmt::format("at most {} x", latency_ratio_max),
                   limit.ratio <= latency_ratio_max};
    }
    if (appenders == 64) return Aim{"no more than 20 ms", outcome.latency.max_ns <= ack_ns_max};
    if (appenders >= 4096) {
        return Aim{"250,000/s and 0.5 x", outcome.per_second >= thousands_per_second_min &&
                                              limit.ratio >= thousands_ratio_min};
    }
    return std::nullopt;
}

Limit limit_of(std::size_t appenders, const ClosedLoop::Outcome& own,
               const ClosedLoop::Outcome& file) {
    if (appenders == 1) {
        const auto own_ns = static_cast<double>(own.latency.p50_ns);
        const auto file_ns = static_cast<double>(file.latency.p50_ns);
        return {"plain file's p50", file_ns, ratio_of(own_ns, file_ns)};
    }
    return {"plain file's rate", file.per_second, ratio_of(own.per_second, file.per_second)};
}

Row row_of(std::string name, std::string conditions, const ClosedLoop::Outcome& outcome) {
    return {.name = std::move(name),
            .conditions = std::move(conditions),
            .latency = outcome.latency,
            .figure = outcome.per_second,
            .unit = "events/s",
            .cpu_seconds = outcome.cpu_seconds,
            .limit = {},
            .aim = {}};
}

}  // namespace

Result<void> run_append(const Setting& setting) {
    BOOST_OUTCOME_TRY(auto samples, sample_events());
    AppendSource source{std::move(samples)};
    const std::string bytes = fmt::format(
        "records of {:.0f} bytes on average, groups of {} at "
        "most, fdatasync each; latency from append to durable",
        source.record_bytes(), batch_max);
    for (const std::size_t appenders : appender_counts) {
        BOOST_OUTCOME_TRY(const auto file, run_file(setting, appenders));
        setting.report.add(row_of(fmt::format("append/file/{}", appenders),
                                  "a plain file that grows; " + bytes, file));
        BOOST_OUTCOME_TRY(const auto journal, run_journal(setting, appenders));
        Row row = row_of(fmt::format("append/journal/{}", appenders),
                         "record, id index and entity index in RocksDB; " + bytes, journal);
        row.limit = limit_of(appenders, journal, file);
        row.aim = aim_of(appenders, journal, *row.limit);
        setting.report.add(std::move(row));
        BOOST_OUTCOME_TRY(const auto sequencer, run_sequencer(setting, appenders));
        row = row_of(fmt::format("append/sequencer/{}", appenders),
                     "master orders without followers, from submit to the durable receipt: "
                     "duplicate look-up, admission, decision, state and journal",
                     sequencer);
        row.limit = limit_of(appenders, sequencer, file);
        setting.report.add(std::move(row));
    }
    return boost::outcome_v2::success();
}

}  // namespace bench
