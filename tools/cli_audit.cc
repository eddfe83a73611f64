// The commands of an auditor: `audit ...`, `why`, `diff`.
#include "tools/audit_command.h"
#include "tools/cli_options.h"
#include "tools/diff_command.h"
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

}  // namespace

// `audit` by itself is the view of that name.
void add_audit_commands(CLI::App& app, Parsed& parsed) {
    CLI::App& audit = *app.get_subcommand("audit");
    add_completeness(audit, parsed);
    add_why(app, parsed);
    add_diff(app, parsed);
}

}  // namespace tools
