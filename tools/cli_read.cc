#include "projections/views.h"
#include "tools/cli_options.h"
#include "tools/report_commands.h"

#include <string_view>

namespace tools {

namespace {

// --NAME VALUE becomes a filter of that name.
void add_filter(CLI::App& command, Parsed& parsed, const std::string& name,
                const std::string& help) {
    command.add_option_function<std::string>(
        "--" + name,
        [&parsed, name](const auto& value) { parsed.filters.emplace_back(name, value); }, help);
}

void add_past(CLI::App& command, Parsed& parsed) {
    command.add_option("--as-of", parsed.past.as_of,
                       "what was known by a time or with a sequence of the log");
    command.add_option("--valid-at", parsed.past.valid_at,
                       "what of it had happened by a time, whenever it was told");
}

void add_events(CLI::App& app, Parsed& parsed) {
    CLI::App& command = add_command(app, parsed, "events", "the log");
    add_filter(command, parsed, "from", "first sequence");
    add_filter(command, parsed, "to", "last sequence");
    add_filter(command, parsed, "kind", "only events of this kind");
    add_filter(command, parsed, "account", "number, username or broker's code");
    add_filter(command, parsed, "order", "id, ClOrdID or broker's order id");
    command.add_flag("--follow", parsed.flag, "go on as events come");
    add_past(command, parsed);
    command.callback([&] { parsed.run = [&] { return run_events(parsed.read(), parsed.flag); }; });
}

void add_show(CLI::App& app, Parsed& parsed) {
    CLI::App& command =
        add_command(app, parsed, "show", "one event, order, intent or account, whole");
    command.add_option("ID", parsed.name, "id, ClOrdID, broker's order id, sequence or code")
        ->required();
    command.callback([&] { parsed.run = [&] { return run_show(parsed.read(), parsed.name); }; });
}

void add_views(CLI::App& app, Parsed& parsed) {
    for (const ViewCommand& view : view_commands()) {
        CLI::App& command = add_command(app, parsed, std::string{view.name}, view.help);
        for (const std::string_view filter : projections::view_filters(view.name)) {
            const std::string name{filter};
            add_filter(command, parsed, name, "only rows of this " + name);
        }
        add_past(command, parsed);
        command.callback([&command, &parsed, name = std::string{view.name}] {
            // What stands below it speaks for itself.
            if (!command.get_subcommands().empty()) return;
            parsed.run = [&parsed, name] { return run_view(parsed.read(), name); };
        });
    }
}

void add_replay(CLI::App& app, Parsed& parsed) {
    CLI::App& command = add_command(app, parsed, "replay", "folds the log again");
    command.add_flag("--from-snapshot", parsed.replay.from_snapshot, "start at the oldest one");
    command.add_flag("--check", parsed.replay.check, "exit 1 where a stored digest differs");
    command.callback(
        [&] { parsed.run = [&] { return run_replay(parsed.read(), parsed.replay); }; });
    CLI::App& doctor = add_command(app, parsed, "doctor", "is everything there and readable?");
    doctor.callback([&] { parsed.run = [&] { return run_doctor(parsed.read()); }; });
}

void add_reports(CLI::App& app, Parsed& parsed) {
    CLI::App& summary =
        add_command(app, parsed, "summary", "per follower: orders, skips by reason, latencies");
    summary.callback([&] { parsed.run = [&] { return run_summary(parsed.read()); }; });
    CLI::App& witness = add_command(app, parsed, "witness",
                                    "holds the broker simulator's journal against the ledger");
    witness.add_option("JOURNAL", parsed.name, "its file of accepted orders")->required();
    witness.callback([&] { parsed.run = [&] { return run_witness(parsed.read(), parsed.name); }; });
}

void add_simulate(CLI::App& app, Parsed& parsed) {
    CLI::App& command = add_command(app, parsed, "simulate",
                                    "what an order would become for each follower, and why");
    SimulateCommand& simulate = parsed.simulate;
    command.add_option("--order", simulate.order_file, "a webhook's JSON, or an array of them")
        ->required();
    command.add_option("--as-of", simulate.as_of, "a time or a sequence of the log; else now");
    command.add_option("--marks", simulate.marks_file, "last prices, as POST /api/marks has them");
    command.add_option("--config", simulate.config_path, "TOML file");
    command.callback([&] {
        parsed.run = [&parsed] {
            parsed.simulate.data = parsed.data;
            parsed.simulate.output = parsed.format();
            return run_simulate(parsed.simulate);
        };
    });
}

}  // namespace

void add_read_commands(CLI::App& app, Parsed& parsed) {
    add_events(app, parsed);
    add_show(app, parsed);
    add_views(app, parsed);
    add_replay(app, parsed);
    add_reports(app, parsed);
    add_simulate(app, parsed);
}

}  // namespace tools
