// `replay` and `doctor`: the log folded again, and held against what was stored.
#include "projections/snapshot.h"
#include "tools/data_directory.h"
#include "tools/open_log.h"
#include "tools/progress.h"
#include "tools/read_commands.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>

#include <fmt/format.h>

namespace tools {

using ledger::Result;
using ledger::log::Checksum;
using projections::LedgerView;

namespace {

std::string hex(const Checksum& checksum) {
    std::string out;
    for (const char c : checksum) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return out;
}

projections::Row digest_row(std::uint64_t sequence, std::string_view projection,
                            const std::string& digest, std::string_view verdict) {
    projections::Row row;
    row.integer("sequence", static_cast<std::int64_t>(sequence))
        .text("projection", projection)
        .text("digest", digest)
        .text("check", verdict);
    return row;
}

// Compares the fold at the snapshot's sequence with what the snapshot says. Counts differences.
Result<std::uint64_t> check_snapshot(const LedgerView& view,
                                     const projections::SnapshotInfo& snapshot,
                                     RowPrinter& printer) {
    const auto stored = projections::read_snapshot_digests(snapshot.path);
    if (!stored) {
        printer.print(digest_row(snapshot.sequence, "(all)", "", stored.error().detail));
        return 1;
    }
    const auto digests = view.digests();
    std::uint64_t differences = 0;
    for (std::size_t i = 0; i < digests.size(); ++i) {
        const bool same = i < stored.value().digests.size() &&
                          stored.value().digests[i].second == digests[i].digest;
        if (!same) ++differences;
        printer.print(digest_row(snapshot.sequence, digests[i].projection, hex(digests[i].digest),
                                 same ? "same" : "DIFFERENT"));
    }
    return differences;
}

struct Replayed {
    LedgerView view;
    std::uint64_t events = 0;
    std::uint64_t differences = 0;
    std::chrono::nanoseconds folding{};  // without the time that digests take
};

Result<void> fold_timed(const ledger::log::Journal& journal, std::uint64_t to, Replayed& out) {
    ProgressBar bar{"replaying"};
    const std::uint64_t from = out.view.sequence();
    const auto begin = std::chrono::steady_clock::now();
    BOOST_OUTCOME_TRY(fold(journal, to, out.view,
                           [&](auto done, auto) { bar.update(done, journal.last_sequence()); }));
    out.folding += std::chrono::steady_clock::now() - begin;
    out.events += to - from;
    return boost::outcome_v2::success();
}

Result<Replayed> replay(const ledger::log::Journal& journal, const DataPaths& paths,
                        const ReplayOptions& options, RowPrinter& printer) {
    Replayed out;
    BOOST_OUTCOME_TRY(out.view, load_beginning(journal, paths));
    auto snapshots = projections::list_snapshots(paths.snapshots());
    std::ranges::reverse(snapshots);
    if (options.from_snapshot && !snapshots.empty()) {
        BOOST_OUTCOME_TRY(out.view, projections::read_snapshot(snapshots.front().path));
    }
    const std::uint64_t last = journal.last_sequence();
    for (const auto& snapshot : snapshots) {
        const bool on_the_way =
            snapshot.sequence >= out.view.sequence() && snapshot.sequence <= last;
        if (!options.check || !on_the_way) continue;
        BOOST_OUTCOME_TRY(fold_timed(journal, snapshot.sequence, out));
        BOOST_OUTCOME_TRY(const auto differences, check_snapshot(out.view, snapshot, printer));
        out.differences += differences;
    }
    BOOST_OUTCOME_TRY(fold_timed(journal, last, out));
    return out;
}

}  // namespace

Result<ExitCode> run_replay(const ReadOptions& options, const ReplayOptions& replay_options) {
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    const auto printer = RowPrinter::make(options.output, stdout);
    BOOST_OUTCOME_TRY(const Replayed replayed,
                      replay(*journal, DataPaths{options.data}, replay_options, *printer));
    for (const auto& digest : replayed.view.digests()) {
        printer->print(
            digest_row(replayed.view.sequence(), digest.projection, hex(digest.digest), "now"));
    }
    printer->finish();
    const std::int64_t ns = std::max<std::int64_t>(replayed.folding.count(), 1);
    const auto rate = static_cast<std::uint64_t>(replayed.events) * 1'000'000'000U /
                      static_cast<std::uint64_t>(ns);
    fmt::print(stderr, "{} events folded into {} projections, {} events/s, {} differences\n",
               replayed.events, LedgerView::projection_names().size(), rate, replayed.differences);
    return replayed.differences == 0 ? ExitCode::done : ExitCode::findings;
}

Result<ExitCode> run_doctor(const ReadOptions& options) {
    namespace fs = std::filesystem;
    const auto printer = RowPrinter::make(options.output, stdout);
    const auto say = [&](std::string_view what, std::string_view verdict) {
        projections::Row row;
        row.text("check", what).text("result", verdict);
        printer->print(row);
    };
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    say("the log opens and agrees with its head record", "yes");
    BOOST_OUTCOME_TRY(const LedgerView view,
                      load_view(*journal, DataPaths{options.data}, journal->last_sequence()));
    say("events", std::to_string(view.sequence()));
    say("the first that can be read", std::to_string(journal->first_sequence()));
    say("accounts", std::to_string(view.state().accounts.size()));
    say("master orders", std::to_string(view.state().master_orders.size()));
    say("follower orders", std::to_string(view.state().follower_orders.size()));
    std::uint64_t pending = 0;
    for (const auto& order : view.state().follower_orders) {
        if (ledger::replication::is_pending(order)) ++pending;
    }
    say("orders without an outcome", std::to_string(pending));
    std::error_code error;
    const auto space = fs::space(options.data, error);
    if (!error) say("free space, MiB", std::to_string(space.available >> 20U));
    printer->finish();
    return ExitCode::done;
}

}  // namespace tools
