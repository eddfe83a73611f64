// `audit prove`, `bundle` and `check`: proofs that leave the ledger, and what becomes of them.
#include "ledger/log/record_codec.h"
#include "ledger/log/rocksdb_journal.h"
#include "ledger/log/tree_file.h"
#include "ledger/log_prover.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/tree_proof.h"
#include "projections/event_row.h"
#include "tools/audit_commands.h"
#include "tools/audit_files.h"
#include "tools/data_directory.h"
#include "tools/event_query.h"
#include "tools/open_log.h"
#include "tools/readable.h"

#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace tools {

using ledger::Errc;
using ledger::Error;
using ledger::LogProver;
using ledger::Result;
using ledger::log::RocksdbJournal;
using ledger::log::TreeSource;
using ledger::proof::ProofKind;
using projections::LedgerView;

namespace {

// The log of a data directory, and its tree as far as it is kept.
struct Opened {
    std::unique_ptr<RocksdbJournal> journal;
    std::unique_ptr<TreeSource> tree;
    LedgerView view;
    ledger::log::StoredCheckpoint checkpoint;

    [[nodiscard]] LogProver prover() const { return {*journal, *tree}; }
};

Result<Opened> open_log(const AuditOptions& options, bool with_names) {
    Opened opened;
    BOOST_OUTCOME_TRY(opened.journal, open_log_to_read(options.data));
    const RocksdbJournal& journal = *opened.journal;
    const DataPaths paths{options.data};
    const auto kept = ledger::log::read_tree_file(paths.tree());
    const auto tiles = kept ? kept.value() : std::vector<ledger::proof::Hash>{};
    opened.tree = std::make_unique<TreeSource>(journal, tiles);
    BOOST_OUTCOME_TRY(opened.checkpoint, opened.prover().checkpoint());
    // The kept hashes are a cache: where they lead elsewhere, everything is hashed again.
    const auto& signed_tree = opened.checkpoint.read.checkpoint.tree;
    BOOST_OUTCOME_TRY(const auto root,
                      ledger::proof::tree_root(opened.tree->hashes(), signed_tree.size));
    if (root != signed_tree.root) {
        opened.tree = std::make_unique<TreeSource>(journal, std::span<const ledger::proof::Hash>{});
    }
    if (with_names) {
        BOOST_OUTCOME_TRY(opened.view, load_view(journal, paths, journal.last_sequence()));
    }
    return opened;
}

Result<void> write_line(const std::string& path, const std::string& line) {
    BOOST_OUTCOME_TRY(LineSink sink, LineSink::open(path));
    sink.write(line);
    return sink.finish();
}

Result<std::string> prove_event(const Opened& opened, const std::string& name) {
    BOOST_OUTCOME_TRY(const auto event, find_event(*opened.journal, opened.view, name));
    if (!event) return Error{Errc::not_found, "no event is called " + name, {}};
    BOOST_OUTCOME_TRY(
        const auto proof,
        opened.prover().inclusion(event->sequence, opened.checkpoint.read.checkpoint.tree));
    return ledger::proof::inclusion_json(proof, opened.checkpoint.note);
}

Result<std::string> prove_growth(const Opened& opened, const std::string& first_path) {
    BOOST_OUTCOME_TRY(std::string first, read_text_file(first_path));
    BOOST_OUTCOME_TRY(const auto proof,
                      opened.prover().consistency(std::move(first), opened.checkpoint.note));
    return ledger::proof::consistency_json(proof);
}

Result<void> write_bundle(const Opened& opened, const AuditOptions& options, LineSink& sink) {
    const auto& tree = opened.checkpoint.read.checkpoint.tree;
    sink.write(ledger::proof::bundle_header_json(options.account, opened.checkpoint.note));
    Result<void> outcome = boost::outcome_v2::success();
    EventQuery query;
    query.account = options.account;
    query.to = tree.size;
    BOOST_OUTCOME_TRY(
        visit_events(*opened.journal, opened.view, query, [&](const ledger::Event& event) {
            if (!outcome) return;
            const auto proof = opened.prover().inclusion(event.sequence, tree);
            if (proof) {
                sink.write(ledger::proof::bundle_line_json(proof.value()));
            } else {
                outcome = proof.error();
            }
        }));
    BOOST_OUTCOME_TRYV(std::move(outcome));
    return sink.finish();
}

// The record as people read it. One that this program cannot read may be of a newer one: that it is
// in the log was proved all the same.
void print_record(const ledger::proof::InclusionProof& proof, RowPrinter& printer) {
    const auto event = ledger::log::decode_record(proof.record);
    if (event) return printer.print(projections::event_row(event.value()));
    projections::Row row;
    row.text("sequence", std::to_string(proof.leaf_index + 1)).text("record", event.error().detail);
    printer.print(row);
}

void print_checkpoint(const ledger::proof::Checkpoint& checkpoint, RowPrinter& printer) {
    projections::Row row;
    row.text("origin", checkpoint.origin)
        .text("tree_size", std::to_string(checkpoint.tree.size))
        .text("root", ledger::proof::to_base64(checkpoint.tree.root));
    printer.print(row);
}

using Keys = std::vector<ledger::proof::VerifierKey>;

Result<void> check_lines(std::istream& file, const std::string& first, const Keys& keys,
                         RowPrinter& printer) {
    BOOST_OUTCOME_TRY(auto bundle, ledger::proof::BundleChecker::begin(first, keys));
    std::uint64_t line_number = 1;
    for (std::string line; std::getline(file, line);) {
        ++line_number;
        const auto checked = bundle.check(line);
        if (!checked) {
            Error error = checked.error();
            error.detail += " (line " + std::to_string(line_number) + ")";
            return error;
        }
        print_record(checked.value(), printer);
    }
    return boost::outcome_v2::success();
}

Result<void> check_one(const std::string& path, ProofKind kind, const Keys& keys,
                       RowPrinter& printer) {
    BOOST_OUTCOME_TRY(const std::string text, read_text_file(path));
    if (kind == ProofKind::inclusion) {
        BOOST_OUTCOME_TRY(const auto checked, ledger::proof::check_inclusion(text, keys));
        print_record(checked.proof, printer);
    } else if (kind == ProofKind::consistency) {
        BOOST_OUTCOME_TRY(const auto checked, ledger::proof::check_consistency(text, keys));
        print_checkpoint(checked.first, printer);
        print_checkpoint(checked.second, printer);
    } else {
        BOOST_OUTCOME_TRY(const auto checked, ledger::proof::verified_checkpoint(text, keys));
        print_checkpoint(checked, printer);
    }
    return boost::outcome_v2::success();
}

Result<void> check_file(const AuditOptions& options, const Keys& keys, RowPrinter& printer) {
    std::ifstream file{options.file, std::ios::binary};
    std::string first;
    if (!file || !std::getline(file, first)) {
        return Error{Errc::unavailable, "cannot read " + options.file, {}};
    }
    BOOST_OUTCOME_TRY(const ProofKind kind, ledger::proof::proof_kind(first));
    if (kind == ProofKind::bundle) return check_lines(file, first, keys, printer);
    return check_one(options.file, kind, keys, printer);
}

}  // namespace

Result<ExitCode> run_audit_prove(const AuditOptions& options) {
    if (options.event.empty() == options.checkpoint.empty()) {
        return ledger::invalid_field("event",
                                     "name one event with --event, or a former checkpoint "
                                     "with --since");
    }
    BOOST_OUTCOME_TRY(const Opened opened, open_log(options, !options.event.empty()));
    BOOST_OUTCOME_TRY(const std::string proof, options.event.empty()
                                                   ? prove_growth(opened, options.checkpoint)
                                                   : prove_event(opened, options.event));
    BOOST_OUTCOME_TRYV(write_line(options.file, proof));
    return ExitCode::done;
}

Result<ExitCode> run_audit_bundle(const AuditOptions& options) {
    BOOST_OUTCOME_TRY(const Opened opened, open_log(options, true));
    BOOST_OUTCOME_TRY(LineSink sink, LineSink::open(options.file));
    BOOST_OUTCOME_TRYV(write_bundle(opened, options, sink));
    return ExitCode::done;
}

Result<ExitCode> run_audit_check(const AuditOptions& options) {
    BOOST_OUTCOME_TRY(const auto keys, believed_keys(options));
    // Whoever checks a file has no key of a person.
    const auto printer = readable_printer(options.output, {});
    const auto checked = check_file(options, keys, *printer);
    printer->finish();
    if (checked) {
        fmt::print(stderr, "{}: it holds\n", options.file);
        return ExitCode::done;
    }
    // What does not hold is no mistyped command.
    Error error = checked.error();
    if (error.code == Errc::invalid_input) error.code = Errc::corrupt;
    return error;
}

}  // namespace tools
