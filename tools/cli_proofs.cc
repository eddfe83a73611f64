// The commands of proofs and keys: `audit verify`, `checkpoint`, `prove`, `bundle`, `check`;
// `keygen`; `archive`.
#include "tools/cli_options.h"

#include <string>

namespace tools {

namespace {

using AuditCommand = ledger::Result<ExitCode> (*)(const AuditOptions&);

CLI::App& add_audit_command(CLI::App& audit, Parsed& parsed, const std::string& name,
                            const std::string& help, AuditCommand run) {
    CLI::App& command = add_command(audit, parsed, name, help);
    command.callback([&parsed, run] {
        parsed.run = [&parsed, run] {
            parsed.audit.data = parsed.data;
            parsed.audit.output = parsed.format();
            return run(parsed.audit);
        };
    });
    return command;
}

void add_keys_option(CLI::App& command, Parsed& parsed) {
    command.add_option("--pubkey", parsed.audit.keys_path,
                       "file of public keys; else checkpoint.pub of the data directory");
}

void add_keygen(CLI::App& app, Parsed& parsed) {
    CLI::App& command =
        add_command(app, parsed, "keygen", "the key that signs checkpoints; prints the public one");
    command.add_flag("--rotate", parsed.keygen.rotate,
                     "makes a new one, which takes over when the server starts next");
    command.add_option("--name", parsed.keygen.name, "the log's name, of a log without a key");
    command.callback([&parsed] {
        parsed.run = [&parsed] {
            parsed.keygen.data = parsed.data;
            return run_keygen(parsed.keygen);
        };
    });
}

using ArchiveRun = ledger::Result<ExitCode> (*)(const ArchiveOptions&);

CLI::App& add_archive_command(CLI::App& archive, Parsed& parsed, const std::string& name,
                              ArchiveRun run) {
    CLI::App& command = add_command(archive, parsed, name, {});
    command.add_option("--pubkey", parsed.archive.keys_path,
                       "file of public keys; else checkpoint.pub of the data directory");
    command.callback([&parsed, run] {
        parsed.run = [&parsed, run] {
            parsed.archive.data = parsed.data;
            parsed.archive.output = parsed.format();
            return run(parsed.archive);
        };
    });
    return command;
}

void add_archive(CLI::App& app, Parsed& parsed) {
    CLI::App* archive = app.add_subcommand("archive", "a log's beginning in one compressed file");
    archive->require_subcommand(1);
    CLI::App& create = add_archive_command(*archive, parsed, "create", run_archive_create);
    create.description("writes the log up to an instant; beside a running server too");
    create.add_option("--to", parsed.archive.to, "a time or a sequence; else the whole log");
    create.add_option("--out", parsed.archive.file, "the file; must not be there")->required();
    CLI::App& verify = add_archive_command(*archive, parsed, "verify", run_archive_verify);
    verify.description("needs no data directory; exit 4 where it does not hold");
    verify.add_option("FILE", parsed.archive.file, "as `archive create` writes it")->required();
    CLI::App& drop = add_archive_command(*archive, parsed, "drop", run_archive_drop);
    drop.description("takes the records that an archive holds from the log; no server may run");
    drop.add_option("--config", parsed.archive.config_path, "for ledger.retention_years");
    drop.add_option("FILE", parsed.archive.file, "as `archive create` writes it")->required();
    CLI::App& attach = add_archive_command(*archive, parsed, "attach", run_archive_attach);
    attach.description("lets the log read from it what was dropped; a server from its next start");
    attach.add_option("FILE", parsed.archive.file, "the one that the log names")->required();
}

}  // namespace

// Below the view of the same name, which must be there.
void add_proof_commands(CLI::App& app, Parsed& parsed) {
    CLI::App* audit = app.get_subcommand("audit");
    audit->description("what was decided for each account, counted; proofs that it stands so");
    CLI::App& verify =
        add_audit_command(*audit, parsed, "verify",
                          "reads everything again; exit 4 where it was changed", run_audit_verify);
    verify.add_option("--checkpoint", parsed.audit.checkpoint, "one that was kept elsewhere");
    add_keys_option(verify, parsed);
    add_audit_command(*audit, parsed, "checkpoint", "the newest one", run_audit_checkpoint);
    CLI::App& prove =
        add_audit_command(*audit, parsed, "prove",
                          "that an event is in the log, or that it only grew", run_audit_prove);
    prove.add_option("--event", parsed.audit.event, "id, ClOrdID or sequence");
    prove.add_option("--since", parsed.audit.checkpoint, "file of a former checkpoint");
    prove.add_option("--out", parsed.audit.file, "where to; - is standard output")->required();
    CLI::App& bundle = add_audit_command(
        *audit, parsed, "bundle", "one account's events with their proofs", run_audit_bundle);
    bundle.add_option("--account", parsed.audit.account, "number, username or broker's code")
        ->required();
    bundle.add_option("--out", parsed.audit.file, "where to; - is standard output")->required();
    CLI::App& check = add_audit_command(
        *audit, parsed, "check", "a proof, bundle or checkpoint; exit 4 where it does not hold",
        run_audit_check);
    check.add_option("FILE", parsed.audit.file, "as the other commands write it")->required();
    add_keys_option(check, parsed);
    add_keygen(app, parsed);
    add_archive(app, parsed);
}

}  // namespace tools
