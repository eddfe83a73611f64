// The commands of an auditor: `audit ...`, `why`, `diff`, `report`.
#include "tools/audit_command.h"
#include "tools/cli_options.h"
#include "tools/day_command.h"
#include "tools/diff_command.h"
#include "tools/export_command.h"
#include "tools/why_command.h"

namespace tools {

namespace {

void add_completeness(CLI::App& audit, Parsed& parsed) {
    CLI::App& command = add_command(audit, parsed, "completeness",
                                    "has every master event one outcome for every follower?");
    auto& range = parsed.completeness;
    command.add_option("--from", range.first, "first sequence of the master events");
    command.add_option("--to", range.last, "last sequence of the master events");
    command.add_option("--as-of", parsed.past.as_of, "what was known by a time or with a sequence");
    command.callback(
        [&] { parsed.run = [&] { return run_completeness(parsed.read(), parsed.completeness); }; });
}

void add_export(CLI::App& audit, Parsed& parsed) {
    CLI::App& command = add_command(audit, parsed, "export",
                                    "events or FIX 4.4 ExecutionReports in a file; goes on where "
                                    "it was interrupted");
    ExportOptions& wanted = parsed.exported;
    command.add_option("--format", wanted.format, "jsonl, csv or fix")
        ->required()
        ->check(CLI::IsMember({"jsonl", "csv", "fix"}));
    command.add_option("--out", wanted.out, "the file; FILE.part until it is whole")->required();
    command.add_option("--day", wanted.day, "YYYY-MM-DD on the exchange's calendar");
    command.add_option("--account", wanted.account, "number, username or broker's code");
    command.add_option("--order", wanted.order, "id, ClOrdID or broker's order id");
    command.add_option("--from", wanted.from, "first sequence");
    command.add_option("--to", wanted.to, "last sequence");
    command.callback(
        [&] { parsed.run = [&] { return run_export(parsed.read(), parsed.exported); }; });
}

void add_why(CLI::App& app, Parsed& parsed) {
    CLI::App& command =
        add_command(app, parsed, "why", "the causal chain of an event or order, both directions");
    command.add_option("ID", parsed.name, "id, sequence, ClOrdID or broker's order id")->required();
    command.callback([&] { parsed.run = [&] { return run_why(parsed.read(), parsed.name); }; });
}

void add_diff(CLI::App& app, Parsed& parsed) {
    CLI::App& command = add_command(app, parsed, "diff", "what changed between two instants");
    command.add_option("--from", parsed.diff.from, "a time or a sequence of the log")->required();
    command.add_option("--to", parsed.diff.to, "likewise; else now");
    command.callback([&] { parsed.run = [&] { return run_diff(parsed.read(), parsed.diff); }; });
}

void add_report(CLI::App& app, Parsed& parsed) {
    CLI::App& command =
        add_command(app, parsed, "report", "a day reconstructed, as a page to read and print");
    DayOptions& wanted = parsed.day;
    command.add_option("--day", wanted.day, "YYYY-MM-DD on the exchange's calendar")->required();
    command.add_option("--account", wanted.account, "number, username or broker's code");
    command.add_option("--out", wanted.out, "an HTML file")->required();
    command.callback(
        [&] { parsed.run = [&] { return run_day_report(parsed.read(), parsed.day); }; });
}

}  // namespace

// `audit` by itself is the view of that name.
void add_audit_commands(CLI::App& app, Parsed& parsed) {
    CLI::App& audit = *app.get_subcommand("audit");
    add_completeness(audit, parsed);
    add_export(audit, parsed);
    add_why(app, parsed);
    add_diff(app, parsed);
    add_report(app, parsed);
}

}  // namespace tools
