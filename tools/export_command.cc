#include "tools/export_command.h"

#include "tools/data_directory.h"
#include "tools/day_range.h"
#include "tools/event_query.h"
#include "tools/export_file.h"
#include "tools/export_records.h"
#include "tools/open_log.h"
#include "tools/progress.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include <fmt/format.h>

namespace tools {

using ledger::Event;
using ledger::Result;
using ledger::log::Journal;
using projections::LedgerView;

namespace {

bool needs_names(const ExportOptions& wanted) {
    return !wanted.day.empty() || !wanted.account.empty() || !wanted.order.empty();
}

Result<SequenceRange> range_of(const Journal& journal, const LedgerView& now,
                               const ExportOptions& wanted) {
    SequenceRange range{1, journal.last_sequence()};
    if (!wanted.day.empty()) {
        BOOST_OUTCOME_TRY(range, events_of_day(journal, now.state().calendar, wanted.day));
    }
    range.first = std::max(range.first, std::max<std::uint64_t>(wanted.from, 1));
    range.last = std::min(range.last, wanted.to);
    return range;
}

// Another export of the same file is not gone on with.
std::string description_of(const ExportOptions& wanted) {
    return fmt::format("{} day={} account={} order={} from={} to={}", wanted.format, wanted.day,
                       wanted.account, wanted.order, wanted.from, wanted.to);
}

// One export under way.
class Export {
  public:
    Export(const ExportRecords& records, ExportFile& file, std::uint64_t first)
        : records_(records), file_(file), first_(first) {}

    // After a failure nothing more is written.
    void take(const LedgerView& view, const Event& event) {
        if (!outcome_) return;
        std::string bytes;
        const std::uint64_t before = file_.note().records;
        const std::uint64_t made = records_.append(view, event, before, bytes);
        file_.write(bytes);
        outcome_ = file_.reached(event.sequence + 1, before + made);
        bar_.update(event.sequence - first_ + 1, file_.note().last - first_ + 1);
    }

    [[nodiscard]] const Result<void>& outcome() const { return outcome_; }

  private:
    const ExportRecords& records_;
    ExportFile& file_;
    const std::uint64_t first_;
    ProgressBar bar_{"exporting"};
    Result<void> outcome_ = boost::outcome_v2::success();
};

struct Source {
    const Journal& journal;
    const DataPaths& paths;
    const EventQuery& query;
    const LedgerView& now;  // for the query's names
};

// What the records are made of stands in the view: every event is folded, wanted or not.
Result<void> export_folded(const Source& source, Export& out) {
    BOOST_OUTCOME_TRY(const auto entities, find_entities(source.now, source.query));
    BOOST_OUTCOME_TRY(LedgerView view,
                      load_view(source.journal, source.paths, source.query.from - 1));
    return visit_records(source.journal, source.query.from, source.query.to,
                         [&](const Event& event) {
                             view.apply(event);
                             if (entities.hold(event)) out.take(view, event);
                         });
}

Result<void> export_events(const Source& source, Export& out) {
    BOOST_OUTCOME_TRY(visit_events(source.journal, source.now, source.query,
                                   [&](const Event& event) { out.take(source.now, event); }));
    return boost::outcome_v2::success();
}

Result<std::uint64_t> write_export(const Source& source, const ExportRecords& records,
                                   const ExportNote& start, const std::string& path) {
    BOOST_OUTCOME_TRY(ExportFile file, ExportFile::open(path, start));
    if (file.note().bytes == 0) file.write(records.heading());
    EventQuery query = source.query;
    query.from = file.note().next;
    query.to = file.note().last;
    Export out{records, file, start.next};
    if (query.from <= query.to) {
        const Source rest{source.journal, source.paths, query, source.now};
        BOOST_OUTCOME_TRY(records.needs_view() ? export_folded(rest, out)
                                               : export_events(rest, out));
        BOOST_OUTCOME_TRY(out.outcome());
    }
    BOOST_OUTCOME_TRY(file.finish());
    return file.note().records;
}

}  // namespace

Result<ExitCode> run_export(const ReadOptions& options, const ExportOptions& wanted) {
    const DataPaths paths{options.data};
    const auto records =
        ExportRecords::make(wanted.format, ledger::vault::SubjectKeys{paths.subjects()});
    if (records == nullptr) return ledger::invalid_field("format", "is jsonl, csv or fix");
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    LedgerView now;
    if (needs_names(wanted)) {
        BOOST_OUTCOME_TRY(now, load_view(*journal, paths, journal->last_sequence()));
    }
    BOOST_OUTCOME_TRY(const SequenceRange range, range_of(*journal, now, wanted));
    EventQuery query;
    query.account = wanted.account;
    query.order = wanted.order;
    const ExportNote start{description_of(wanted), range.last, range.first, 0, 0};
    BOOST_OUTCOME_TRY(const std::uint64_t written,
                      write_export({*journal, paths, query, now}, *records, start, wanted.out));
    fmt::print(stderr, "{} records in {}\n", written, wanted.out);
    return ExitCode::done;
}

}  // namespace tools
