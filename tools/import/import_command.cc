#include "tools/import/import_command.h"

#include "ingest/blaze_webhook.h"
#include "ledger/sequencer.h"
#include "tools/config.h"
#include "tools/data_directory.h"
#include "tools/open_log.h"
#include "tools/progress.h"
#include "tools/system_ports.h"

#include <memory>
#include <vector>

#include <fmt/format.h>

namespace tools {

using namespace ledger;

namespace {

// The master that --master names: its number, its username or its code at the broker.
Result<AccountNumber> find_master(const replication::State& state, const std::string& name) {
    for (const auto& account : state.accounts) {
        const auto& identity = account.identity;
        const bool named = name == std::to_string(account.number.value()) ||
                           name == identity.username || name == identity.broker_account;
        if (named && identity.role == AccountRole::master) return account.number;
    }
    return Error{Errc::not_found, "there is no master " + name, "master"};
}

Result<Command> command_of(const std::string& body, AccountNumber master) {
    BOOST_OUTCOME_TRY(const text::JsonValue parsed, text::parse_json(body));
    BOOST_OUTCOME_TRY(ingest::BlazeReport report, ingest::read_blaze_order(parsed));
    report.report.account = master;
    report.report.channel = "import";
    Command command;
    command.actor = "import";
    command.occurred_at_ns = report.occurred_at_ns;
    command.request_digest = NaturalKey{"import"}.add(body).id().prefix();
    command.payload = ReportMasterOrder{std::move(report.report)};
    return command;
}

void count(const Result<Receipt>& result, ImportSummary& summary) {
    if (!result) {
        ++summary.refused;
        fmt::print(stderr, "refused: {} {}\n", result.error().field, result.error().detail);
        return;
    }
    const Receipt& receipt = result.value();
    ++(receipt.duplicate ? summary.duplicates : summary.recorded);
    if (receipt.duplicate) return;
    summary.intended += receipt.intended;
    summary.skipped += receipt.skipped;
}

// Commits one batch after another, each as large as the sequencer takes.
Result<ImportSummary> import_into(Sequencer& sequencer, AccountNumber master,
                                  ImportSource& source) {
    constexpr std::size_t batch_events = 256;
    constexpr std::chrono::milliseconds at_once{0};
    ProgressBar bar{"importing"};
    ImportSummary summary;
    std::size_t waiting = 0;
    while (true) {
        BOOST_OUTCOME_TRY(const auto body, source.next());
        if (body) {
            BOOST_OUTCOME_TRY(Command command, command_of(*body, master));
            const bool taken = sequencer.submit(
                std::move(command), [&summary](const auto& result) { count(result, summary); });
            LEDGER_ASSERT(taken);
            ++waiting;
            ++summary.events;
        }
        if (waiting == batch_events || (!body && waiting > 0)) {
            BOOST_OUTCOME_TRY(sequencer.run_once(at_once));
            waiting = 0;
            bar.update(source.bytes_done(), source.bytes_total());
        }
        if (!body) return summary;
    }
}

Result<ImportSummary> import_into_directory(const ImportCommand& command, ImportSource& source) {
    BOOST_OUTCOME_TRY(const Config config, load_config(command.config_path));
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_write(command.data, config.sync));
    BOOST_OUTCOME_TRY(const projections::LedgerView view,
                      load_view(*journal, DataPaths{command.data}, journal->last_sequence()));
    BOOST_OUTCOME_TRY(const AccountNumber master,
                      find_master(view.state(), command.source.account));
    const SystemClock clock;
    Sequencer sequencer{*journal, clock, view.state(), config.policy};
    return import_into(sequencer, master, source);
}

}  // namespace

Result<ExitCode> run_import(const ImportCommand& command) {
    BOOST_OUTCOME_TRY(const auto source, ImportSource::open(command.source));
    BOOST_OUTCOME_TRY(const ImportSummary summary, command.url.empty()
                                                       ? import_into_directory(command, *source)
                                                       : import_over_http(command, *source));
    projections::Row row;
    row.count("events", summary.events)
        .count("recorded", summary.recorded)
        .count("duplicates", summary.duplicates)
        .count("refused", summary.refused)
        .count("intended", summary.intended)
        .count("skipped", summary.skipped);
    const auto printer = RowPrinter::make(command.output, stdout);
    printer->print(row);
    printer->finish();
    return summary.refused == 0 ? ExitCode::done : ExitCode::findings;
}

}  // namespace tools
