#include "tools/day_command.h"

#include "ledger/log/checkpoints.h"
#include "tools/completeness_report.h"
#include "tools/data_directory.h"
#include "tools/day_page.h"
#include "tools/event_query.h"
#include "tools/export_file.h"
#include "tools/open_log.h"
#include "tools/progress.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace tools {

using ledger::Event;
using ledger::Result;
using ledger::log::Journal;
using projections::DayFigures;
using projections::LedgerView;

namespace {

Result<std::optional<ledger::AccountNumber>> find_follower(const LedgerView& view,
                                                           const std::string& name) {
    EventQuery query;
    query.account = name;
    BOOST_OUTCOME_TRY(const QueryEntities entities, find_entities(view, query));
    if (!entities.account) return std::optional<ledger::AccountNumber>{};
    return std::optional{
        ledger::AccountNumber{static_cast<std::uint32_t>(entities.account->value)}};
}

// What closes the day's unknown outcomes may come on a later one.
Result<void> follow_unknown(const Journal& journal, std::uint64_t from, DayFigures& figures) {
    constexpr std::uint64_t events_at_once = 65'536;
    while (figures.waits_for_outcomes() && from <= journal.last_sequence()) {
        const std::uint64_t to = std::min(from + events_at_once - 1, journal.last_sequence());
        BOOST_OUTCOME_TRY(visit_records(journal, from, to,
                                        [&](const Event& event) { figures.apply_later(event); }));
        from = to + 1;
    }
    return boost::outcome_v2::success();
}

Result<std::optional<CoveringCheckpoint>> find_checkpoint(const Journal& journal,
                                                          const SequenceRange& range) {
    BOOST_OUTCOME_TRY(auto found, ledger::log::checkpoint_over(journal, range.last));
    if (!found) return std::optional<CoveringCheckpoint>{};
    return std::optional{
        CoveringCheckpoint{found->read.checkpoint.tree.size, std::move(found->note)}};
}

Result<void> write_page(const std::string& path, const std::string& html) {
    BOOST_OUTCOME_TRY(ExportFile file, ExportFile::open(path, {"report", 0, 0, 0, 0}));
    file.write(html);
    return file.finish();
}

struct Reading {
    const Journal& journal;
    const DataPaths& paths;
    LedgerView now;
};

Result<std::string> make_page(const Reading& reading, const DayOptions& wanted) {
    BOOST_OUTCOME_TRY(const auto account, find_follower(reading.now, wanted.account));
    BOOST_OUTCOME_TRY(const SequenceRange range,
                      events_of_day(reading.journal, reading.now.state().calendar, wanted.day));
    ProgressBar bar{"reading the day"};
    BOOST_OUTCOME_TRY(LedgerView view, load_view(reading.journal, reading.paths, range.first - 1));
    DayFigures figures{account};
    BOOST_OUTCOME_TRY(
        visit_records(reading.journal, range.first, range.last, [&](const Event& event) {
            view.apply(event);
            figures.apply(view, event);
            bar.update(event.sequence - range.first, range.last - range.first + 1);
        }));
    BOOST_OUTCOME_TRY(follow_unknown(reading.journal, range.last + 1, figures));
    BOOST_OUTCOME_TRY(const Past now, find_past(reading.journal, {}));
    BOOST_OUTCOME_TRY(const CompletenessReport outcomes,
                      check_completeness(reading.journal, {range.first, range.last}, now));
    BOOST_OUTCOME_TRY(auto checkpoint, find_checkpoint(reading.journal, range));
    return day_page({.day = wanted.day,
                     .account = account,
                     .range = range,
                     .known_at = now,
                     .end = view,
                     .figures = figures,
                     .outcomes = outcomes.counts,
                     .checkpoint = std::move(checkpoint),
                     .subjects = ledger::vault::SubjectKeys{reading.paths.subjects()}});
}

}  // namespace

Result<ExitCode> run_day_report(const ReadOptions& options, const DayOptions& wanted) {
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    const DataPaths paths{options.data};
    BOOST_OUTCOME_TRY(LedgerView now, load_view(*journal, paths, journal->last_sequence()));
    const Reading reading{*journal, paths, std::move(now)};
    BOOST_OUTCOME_TRY(const std::string html, make_page(reading, wanted));
    BOOST_OUTCOME_TRY(write_page(wanted.out, html));
    return ExitCode::done;
}

}  // namespace tools
