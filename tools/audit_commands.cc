// `audit verify` and `audit checkpoint`, and `keygen`.
#include "tools/audit_commands.h"

#include "ledger/log/checkpoints.h"
#include "tools/audit_files.h"
#include "tools/audit_verify.h"
#include "tools/checkpoint_keys.h"
#include "tools/open_log.h"

#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace tools {

using ledger::Errc;
using ledger::Result;

namespace {

// That a copy is damaged is what is looked for, not a reason to stop.
Result<void> add_kept(const std::string& path, std::span<const ledger::proof::VerifierKey> keys,
                      std::vector<KeptCheckpoint>& kept, std::vector<Finding>& findings) {
    BOOST_OUTCOME_TRY(const std::string text, read_text_file(path));
    auto checkpoint = ledger::proof::verified_checkpoint(text, keys);
    if (checkpoint) {
        kept.push_back({.where = path, .checkpoint = std::move(checkpoint).value()});
    } else {
        findings.push_back(
            {.where = path, .what = checkpoint.error().field + ": " + checkpoint.error().detail});
    }
    return boost::outcome_v2::success();
}

std::string records_read(const VerifiedLog& verified) {
    if (verified.first == 1) return fmt::format("{} records", verified.records);
    return fmt::format("records {} to {} (those before are archived, and were not read)",
                       verified.first, verified.records);
}

void print_findings(const AuditOptions& options, const std::vector<Finding>& findings) {
    const auto printer = RowPrinter::make(options.output, stdout);
    for (const Finding& finding : findings) {
        projections::Row row;
        row.text("where", finding.where).text("what", finding.what);
        printer->print(row);
    }
    printer->finish();
}

}  // namespace

Result<ExitCode> run_audit_verify(const AuditOptions& options) {
    const DataPaths paths{options.data};
    Beside beside;
    std::vector<Finding> findings;
    BOOST_OUTCOME_TRY(const auto keys, believed_keys(options));
    // Before the log is opened: what was copied is in it.
    if (std::filesystem::exists(paths.checkpoint())) {
        BOOST_OUTCOME_TRYV(add_kept(paths.checkpoint(), keys, beside.checkpoints, findings));
    }
    if (!options.checkpoint.empty()) {
        BOOST_OUTCOME_TRYV(add_kept(options.checkpoint, keys, beside.checkpoints, findings));
    }
    beside.snapshots = list_beginnings(paths);
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    BOOST_OUTCOME_TRY(const VerifiedLog verified, verify_log(*journal, paths, keys, beside));
    findings.insert(findings.end(), verified.findings.begin(), verified.findings.end());
    if (!findings.empty()) print_findings(options, findings);
    fmt::print(stderr,
               "{}, {} checkpoints in the log ({} with the projections' digests), {} kept "
               "elsewhere, {} snapshots: {}\n",
               records_read(verified), verified.checkpoints, verified.states, verified.copies,
               verified.snapshots,
               findings.empty() ? "all is as it was written" : "NOT as it was written");
    return findings.empty() ? ExitCode::done : ExitCode::corrupt;
}

Result<ExitCode> run_audit_checkpoint(const AuditOptions& options) {
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    BOOST_OUTCOME_TRY(const auto last, ledger::log::last_checkpoint(*journal));
    if (!last) return ledger::Error{Errc::not_found, "no checkpoint was signed yet", {}};
    fmt::print("{}", last->note);
    return ExitCode::done;
}

Result<ExitCode> run_keygen(const KeygenOptions& options) {
    const DataPaths paths{options.data};
    BOOST_OUTCOME_TRY(const auto key, options.rotate ? make_next_signer(paths)
                                                     : open_or_create_signer(paths, options.name));
    fmt::print("{}\n", key.verifier().text());
    if (options.rotate) {
        fmt::print(stderr, "this key takes over when `copyledger serve` starts next\n");
    }
    return ExitCode::done;
}

}  // namespace tools
