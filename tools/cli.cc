#include "tools/cli.h"

#include "tools/backup_command.h"
#include "tools/brokersim/brokersim.h"
#include "tools/cli_options.h"
#include "tools/completions.h"
#include "tools/config.h"
#include "tools/serve.h"
#include "tools/token_command.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

namespace tools {

using ledger::Result;

namespace {

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

CLI::App& add_word(CLI::App& app, Parsed& parsed, const std::string& name,
                   const std::string& help) {
    CLI::App& command = add_command(app, parsed, name, help);
    command.add_option("--why", parsed.resolution.why, "for those who read the log")->required();
    command.add_option("--to", parsed.word.url, "URL of a server; else that of the directory");
    command.add_option("--token-file", parsed.word.token_file,
                       "else COPYLEDGER_TOKEN, else the directory's admin.token");
    command.add_option("--config", parsed.word.config_path, "TOML file");
    return command;
}

void add_operator_commands(CLI::App& app, Parsed& parsed) {
    for (const bool halts : {true, false}) {
        CLI::App& command =
            add_word(app, parsed, halts ? "halt" : "resume",
                     halts ? "nothing more is opened; what reduces still passes" : "ends a halt");
        command.add_option("--account", parsed.name, "its id or code; else the whole ledger");
        command.callback([&parsed, halts] {
            parsed.run = [&parsed, halts] {
                const auto run = halts ? run_halt : run_resume;
                return run(parsed.words(), parsed.name, parsed.resolution.why);
            };
        });
    }
    CLI::App& resolve =
        add_word(app, parsed, "resolve", "a person's word on an intent that needs review");
    Resolution& resolution = parsed.resolution;
    resolve.add_option("INTENT", resolution.intent, "its id, or the order's ClOrdID")->required();
    resolve.add_option("--found", resolution.found, "the broker's order id");
    resolve.add_flag("--not-placed", resolution.not_placed, "it is not at the broker");
    resolve.callback(
        [&] { parsed.run = [&] { return run_resolve(parsed.words(), parsed.resolution); }; });
}

void add_subject(CLI::App& app, Parsed& parsed) {
    CLI::App* subject = app.add_subcommand("subject", "what is known of a person");
    subject->require_subcommand(1);
    CLI::App& erase = add_word(*subject, parsed, "erase",
                               "destroys the key of a closed account's name, email, credentials");
    erase.add_option("ACCOUNT", parsed.name, "its id or code")->required();
    erase.callback([&parsed] {
        parsed.run = [&parsed] {
            return run_erase(parsed.words(), parsed.name, parsed.resolution.why);
        };
    });
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

// Both copy a data directory; they differ in which of the two is this one.
void add_backup(CLI::App& app, Parsed& parsed) {
    CLI::App& backup =
        add_command(app, parsed, "backup", "a verified copy of the ledger, also of a running one");
    backup.add_option("DIR", parsed.name, "where to; must not exist, or be empty")->required();
    backup.add_flag("--without-subject-keys", parsed.flag,
                    "names, emails and credentials cannot be read from it");
    backup.callback([&parsed] {
        parsed.run = [&parsed] {
            return run_copy({parsed.data, parsed.name, parsed.format(), !parsed.flag});
        };
    });
    CLI::App& restore =
        add_command(app, parsed, "restore", "a backup becomes the data directory again");
    restore.add_option("DIR", parsed.name, "the backup; it stays as it is")->required();
    restore.callback([&parsed] {
        parsed.run = [&parsed] { return run_copy({parsed.name, parsed.data, parsed.format()}); };
    });
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

CLI::App& add_command(CLI::App& app, Parsed& parsed, const std::string& name,
                      const std::string& help) {
    CLI::App* command = app.add_subcommand(name, help);
    command->add_option("--data", parsed.data, "data directory")->envname("COPYLEDGER_DATA");
    command->add_option("--output", parsed.output, "table, json, jsonl or csv")
        ->check(CLI::IsMember({"table", "json", "jsonl", "csv"}));
    return *command;
}

int run_cli(int argc, char** argv) {
    // A file at its size limit is a failed write, to be told and not died of.
    std::signal(SIGXFSZ, SIG_IGN);
    CLI::App app{"copyledger: an event-sourced replication ledger for copy trading", "copyledger"};
    app.require_subcommand(1);
    Parsed parsed;
    add_serve(app, parsed);
    add_brokersim(app, parsed);
    add_import(app, parsed);
    add_read_commands(app, parsed);
    add_audit_commands(app, parsed);
    add_proof_commands(app, parsed);
    add_operator_commands(app, parsed);
    add_subject(app, parsed);
    add_token(app, parsed);
    add_backup(app, parsed);
    add_others(app, parsed);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::usage);
    }
    return report(parsed.run());
}

}  // namespace tools
