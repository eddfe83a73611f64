#include "tools/cli.h"

#include "tools/brokersim/brokersim.h"
#include "tools/completions.h"
#include "tools/config.h"
#include "tools/import/import_command.h"
#include "tools/read_commands.h"
#include "tools/report_commands.h"
#include "tools/serve.h"
#include "tools/token_command.h"

#include <csignal>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace tools {

using ledger::Result;

namespace {

// What the options of all commands are read into, and the command to run after parsing.
struct Parsed {
    std::string data = "./copyledger-data";
    std::string output;
    std::string config_path;
    std::string listen;
    std::string name;
    bool flag = false;
    ReplayOptions replay;
    ImportCommand import;
    std::vector<std::pair<std::string, std::string>> filters;
    std::function<Result<ExitCode>()> run;

    [[nodiscard]] OutputFormat format() const {
        return parse_output_format(output).value_or(default_output_format());
    }

    [[nodiscard]] ReadOptions read() const { return {data, format(), filters}; }
};

CLI::App& add_command(CLI::App& app, Parsed& parsed, const std::string& name,
                      const std::string& help) {
    CLI::App* command = app.add_subcommand(name, help);
    command->add_option("--data", parsed.data, "data directory")->envname("COPYLEDGER_DATA");
    command->add_option("--output", parsed.output, "table, json, jsonl or csv")
        ->check(CLI::IsMember({"table", "json", "jsonl", "csv"}));
    return *command;
}

// --NAME VALUE becomes a filter of that name.
void add_filter(CLI::App& command, Parsed& parsed, const std::string& name,
                const std::string& help) {
    command.add_option_function<std::string>(
        "--" + name,
        [&parsed, name](const auto& value) { parsed.filters.emplace_back(name, value); }, help);
}

void add_serve(CLI::App& app, Parsed& parsed) {
    CLI::App& command = add_command(app, parsed, "serve", "the ledger: HTTP, engine, executors");
    command.add_option("--config", parsed.config_path, "TOML file");
    command.add_option("--listen", parsed.listen, "HOST:PORT; port 0 picks one");
    command.add_flag("--print-config", parsed.flag, "every key with its value, and stop");
    command.callback([&] {
        const bool data_given = command.count("--data") > 0 || std::getenv("COPYLEDGER_DATA");
        parsed.run = [&parsed, data_given]() -> Result<ExitCode> {
            BOOST_OUTCOME_TRY(Config config, load_config(parsed.config_path));
            if (data_given) config.data = parsed.data;
            if (!parsed.listen.empty()) config.http.listen = parsed.listen;
            if (!parsed.flag) return run_serve(config);
            fmt::print("{}", print_config(config));
            return ExitCode::done;
        };
    });
}

void add_brokersim(CLI::App& app, Parsed& parsed) {
    CLI::App* command = app.add_subcommand("brokersim", "a broker that can be told to misbehave");
    command->add_option("--config", parsed.config_path, "TOML file");
    command->add_option("--listen", parsed.listen, "HOST:PORT; port 0 picks one");
    command->callback([&] {
        parsed.run = [&parsed]() -> Result<ExitCode> {
            BOOST_OUTCOME_TRY(brokersim::run_brokersim({parsed.config_path, parsed.listen}));
            return ExitCode::done;
        };
    });
}

void add_import(CLI::App& app, Parsed& parsed) {
    CLI::App& command =
        add_command(app, parsed, "import", "master events from a file; a second time adds nothing");
    ImportCommand& import = parsed.import;
    command.add_option("FILE", import.source.file, "plain or gzip")->required();
    command.add_option("--master", import.source.account, "the master's id or code")->required();
    command.add_option("--format", import.source.format, "lobster or jsonl");
    command.add_option("--symbol", import.source.symbol, "of a LOBSTER file's instrument");
    command.add_option("--exchange", import.source.exchange, "of a LOBSTER file's instrument");
    command.add_option("--scrip-code", import.source.scrip_code, "of a LOBSTER file's instrument");
    command.add_option("--date", import.source.date, "YYYY-MM-DD of a LOBSTER file");
    command.add_option("--lines", import.source.lines_max, "stop after so many lines");
    command.add_option("--config", import.config_path, "TOML file");
    command.add_option("--to", import.url, "URL of a running server to send webhooks to");
    command.add_option("--token-file", import.token_file, "else COPYLEDGER_TOKEN");
    command.add_option("--connections", import.connections, "to the server")
        ->check(CLI::Range(1, 256));
    command.add_option("--rate", import.events_per_second, "events a second; 0: no limit");
    command.callback([&] {
        parsed.run = [&parsed] {
            parsed.import.data = parsed.data;
            parsed.import.output = parsed.format();
            return run_import(parsed.import);
        };
    });
}

void add_events(CLI::App& app, Parsed& parsed) {
    CLI::App& command = add_command(app, parsed, "events", "the log");
    add_filter(command, parsed, "from", "first sequence");
    add_filter(command, parsed, "to", "last sequence");
    add_filter(command, parsed, "kind", "only events of this kind");
    add_filter(command, parsed, "account", "number, username or broker's code");
    add_filter(command, parsed, "order", "id, ClOrdID or broker's order id");
    command.add_flag("--follow", parsed.flag, "go on as events come");
    command.callback([&] { parsed.run = [&] { return run_events(parsed.read(), parsed.flag); }; });
}

void add_show(CLI::App& app, Parsed& parsed) {
    CLI::App& command =
        add_command(app, parsed, "show", "one event, order, intent or account, whole");
    command.add_option("ID", parsed.name, "id, ClOrdID, broker's order id, sequence or code")
        ->required();
    command.callback([&] { parsed.run = [&] { return run_show(parsed.read(), parsed.name); }; });
}

struct ViewCommand {
    const char* name;
    const char* help;
    std::vector<const char*> filters;
};

void add_views(CLI::App& app, Parsed& parsed) {
    const std::vector<ViewCommand> views{
        {"orders", "every order and where it stands", {"role", "account", "order", "status"}},
        {"mappings",
         "which follower order copies which master order",
         {"master", "follower", "order"}},
        {"positions", "what each account holds", {"account", "symbol"}},
        {"pending", "intents without an outcome", {"account", "order"}},
        {"accounts", "masters and followers", {"role", "id"}},
        {"links", "who copies whom", {"master", "follower"}},
        {"instruments", "what is known of each instrument", {"symbol"}},
        {"audit", "what was decided for each account, counted", {"account"}},
    };
    for (const ViewCommand& view : views) {
        CLI::App& command = add_command(app, parsed, view.name, view.help);
        for (const char* filter : view.filters) {
            add_filter(command, parsed, filter, "only rows of this " + std::string{filter});
        }
        command.callback([&parsed, name = std::string{view.name}] {
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

void add_token(CLI::App& app, Parsed& parsed) {
    CLI::App* token = app.add_subcommand("token", "who may talk to the server");
    token->require_subcommand(1);
    const auto options = [&parsed] { return TokenOptions{parsed.data, parsed.format()}; };
    CLI::App& create = add_command(*token, parsed, "create", "prints a new token, once");
    create.add_option("--role", parsed.name, "ADMIN, MASTER, FOLLOWER, AUDITOR or INGEST")
        ->required();
    create.callback([&parsed, options] {
        parsed.run = [&parsed, options] { return run_token_create(options(), parsed.name); };
    });
    CLI::App& revoke = add_command(*token, parsed, "revoke", "a token stops working");
    revoke.add_option("ID", parsed.name, "as `token list` shows it")->required();
    revoke.callback([&parsed, options] {
        parsed.run = [&parsed, options] { return run_token_revoke(options(), parsed.name); };
    });
    CLI::App& list = add_command(*token, parsed, "list", "the tokens, without their secrets");
    list.callback(
        [&parsed, options] { parsed.run = [options] { return run_token_list(options()); }; });
}

void add_others(CLI::App& app, Parsed& parsed) {
    app.add_subcommand("version", "what this is")->callback([&parsed] {
        parsed.run = []() -> Result<ExitCode> {
            fmt::print("copyledger {}\n", COPYLEDGER_VERSION);
            return ExitCode::done;
        };
    });
    CLI::App* completions = app.add_subcommand("completions", "for a shell: bash, zsh or fish");
    completions->add_option("SHELL", parsed.name, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    completions->callback([&app, &parsed] {
        parsed.run = [&app, &parsed]() -> Result<ExitCode> {
            std::vector<std::string> commands;
            for (const CLI::App* command : app.get_subcommands({})) {
                commands.push_back(command->get_name());
            }
            fmt::print("{}", completions_for(parsed.name, commands));
            return ExitCode::done;
        };
    });
}

int report(const Result<ExitCode>& outcome) {
    if (outcome) return static_cast<int>(outcome.value());
    const ledger::Error& error = outcome.error();
    const std::string field = error.field.empty() ? "" : error.field + ": ";
    fmt::print(stderr, "copyledger: {}{}\n", field, error.detail);
    return static_cast<int>(exit_code_of(error));
}

}  // namespace

int run_cli(int argc, char** argv) {
    // A file at its size limit is a failed write, to be told and not died of.
    std::signal(SIGXFSZ, SIG_IGN);
    CLI::App app{"copyledger: an event-sourced replication ledger for copy trading", "copyledger"};
    app.require_subcommand(1);
    Parsed parsed;
    add_serve(app, parsed);
    add_brokersim(app, parsed);
    add_import(app, parsed);
    add_events(app, parsed);
    add_show(app, parsed);
    add_views(app, parsed);
    add_replay(app, parsed);
    add_reports(app, parsed);
    add_token(app, parsed);
    add_others(app, parsed);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::usage);
    }
    return report(parsed.run());
}

}  // namespace tools
