#include "tools/read_commands.h"

#include "ledger/log/record_codec.h"
#include "ledger/log/rocksdb_journal.h"
#include "projections/event_row.h"
#include "projections/view_rows.h"
#include "projections/views.h"
#include "tools/data_directory.h"
#include "tools/event_query.h"
#include "tools/open_log.h"
#include "tools/progress.h"
#include "tools/readable.h"

#include <array>
#include <chrono>
#include <memory>
#include <thread>

#include <fmt/format.h>

namespace tools {

using ledger::Result;
using ledger::log::RocksdbJournal;
using projections::LedgerView;

namespace {

Result<std::unique_ptr<RocksdbJournal>> open_read_only(const std::string& data) {
    return open_log_to_read(data);
}

struct Opened {
    std::unique_ptr<RocksdbJournal> journal;
    LedgerView view;
};

// As of the instant that is asked for, else now.
Result<Opened> open_view(const ReadOptions& options) {
    BOOST_OUTCOME_TRY(auto journal, open_read_only(options.data));
    BOOST_OUTCOME_TRY(const Past past, find_past(*journal, options.past));
    ProgressBar bar{"folding the log"};
    BOOST_OUTCOME_TRY(LedgerView view,
                      load_past(*journal, DataPaths{options.data}, past,
                                [&](auto done, auto total) { bar.update(done, total); }));
    if (options.past.asked()) fmt::print(stderr, "{}\n", to_text(past));
    return Opened{std::move(journal), std::move(view)};
}

std::unique_ptr<RowPrinter> printer_of(const ReadOptions& options) {
    return readable_printer(options.output,
                            ledger::vault::SubjectKeys{DataPaths{options.data}.subjects()});
}

// Events on standard output, as the format wants them.
class EventPrinter {
  public:
    explicit EventPrinter(const ReadOptions& options)
        : brief_(options.output == OutputFormat::table), printer_(printer_of(options)) {}

    void print(const ledger::Event& event) {
        printer_->print(brief_ ? projections::brief_event_row(event)
                               : projections::event_row(event));
    }

    void flush() { printer_->flush(); }

    void finish() { printer_->finish(); }

  private:
    bool brief_;
    std::unique_ptr<RowPrinter> printer_;
};

Result<void> follow_events(RocksdbJournal& journal, const LedgerView& view, EventQuery query,
                           EventPrinter& printer) {
    constexpr std::chrono::milliseconds poll_period{100};
    while (true) {
        query.from = std::max(query.from, journal.last_sequence() + 1);
        std::this_thread::sleep_for(poll_period);
        BOOST_OUTCOME_TRY(journal.refresh());
        BOOST_OUTCOME_TRY(
            visit_events(journal, view, query, [&](const auto& event) { printer.print(event); }));
        printer.flush();
    }
}

// The account or order of that name as a view shows it, if there is one.
Result<bool> show_in_views(const LedgerView& view, const std::string& name, RowPrinter& printer) {
    for (const auto& [view_name, filter] :
         {std::pair{"accounts", "id"}, std::pair{"orders", "order"}}) {
        bool found = false;
        const projections::ViewQuery query{
            .view = view_name, .filters = {{filter, name}}, .cursor = {}, .rows_max = 1000};
        BOOST_OUTCOME_TRY(projections::visit_view(view, query, [&](const projections::Row& row) {
            printer.print(row);
            found = true;
        }));
        if (found) return true;
    }
    return false;
}

}  // namespace

std::span<const ViewCommand> view_commands() {
    static constexpr std::array<ViewCommand, 9> commands{{
        {"orders", "every order and where it stands"},
        {"mappings", "which follower order copies which master order"},
        {"positions", "what each account holds"},
        {"pending", "intents without an outcome"},
        {"accounts", "masters and followers"},
        {"links", "who copies whom"},
        {"limits", "where limits stand, what they are and what is used of them"},
        {"instruments", "what is known of each instrument"},
        {"audit", "what was decided for each account, counted"},
    }};
    return commands;
}

Result<ExitCode> run_events(const ReadOptions& options, bool follow) {
    BOOST_OUTCOME_TRY(EventQuery query, parse_event_query(options.filters));
    if (follow && options.past.asked()) {
        return ledger::invalid_field("follow", "goes on from now, not from the past");
    }
    if (follow && options.output == OutputFormat::json) {
        return ledger::invalid_field("output", "json is one array; what goes on is jsonl");
    }
    BOOST_OUTCOME_TRY(auto journal, open_read_only(options.data));
    BOOST_OUTCOME_TRY(const Past past, find_past(*journal, options.past));
    if (options.past.asked()) query.limit_to(past);
    LedgerView view;  // names are looked up only where the query has one
    if (!query.account.empty() || !query.order.empty()) {
        BOOST_OUTCOME_TRY(view,
                          load_view(*journal, DataPaths{options.data}, journal->last_sequence()));
    }
    EventPrinter printer{options};
    BOOST_OUTCOME_TRY(
        visit_events(*journal, view, query, [&](const auto& event) { printer.print(event); }));
    if (follow) {
        printer.flush();
        BOOST_OUTCOME_TRY(follow_events(*journal, view, query, printer));
    }
    printer.finish();
    return ExitCode::done;
}

Result<ExitCode> run_show(const ReadOptions& options, const std::string& name) {
    BOOST_OUTCOME_TRY(const Opened opened, open_view(options));
    const auto printer = printer_of(options);
    BOOST_OUTCOME_TRY(const auto event, find_event(*opened.journal, opened.view, name));
    if (event) printer->print(projections::event_row(*event));
    BOOST_OUTCOME_TRY(const bool shown, show_in_views(opened.view, name, *printer));
    if (!event && !shown) {
        return ledger::Error{ledger::Errc::not_found, "nothing is called " + name, {}};
    }
    printer->finish();
    return ExitCode::done;
}

Result<ExitCode> run_view(const ReadOptions& options, const std::string& view) {
    BOOST_OUTCOME_TRY(const Opened opened, open_view(options));
    const auto printer = printer_of(options);
    const projections::ViewQuery query{
        .view = view, .filters = options.filters, .cursor = {}, .rows_max = UINT64_MAX};
    BOOST_OUTCOME_TRY(projections::visit_view(
        opened.view, query, [&](const projections::Row& row) { printer->print(row); }));
    printer->finish();
    return ExitCode::done;
}

}  // namespace tools
