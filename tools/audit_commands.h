// `audit`: the log held against its signed checkpoints, and proofs of what stands in it.
#pragma once

#include "ledger/base/result.h"
#include "tools/exit_code.h"
#include "tools/output.h"

#include <string>

namespace tools {

struct AuditOptions {
    std::string data;
    OutputFormat output = OutputFormat::jsonl;
    std::string keys_path;   // of verifier keys; empty: the data directory's
    std::string checkpoint;  // a file that somebody else kept; empty: none
    std::string event;       // id, ClOrdID or sequence
    std::string account;     // number, username or broker's code
    std::string file;        // to be checked, or to be written; "-": standard output
};

// Reads every record again. corrupt, with what is wrong and where, one row each, where anything is.
[[nodiscard]] ledger::Result<ExitCode> run_audit_verify(const AuditOptions& options);

// The newest checkpoint's text.
[[nodiscard]] ledger::Result<ExitCode> run_audit_checkpoint(const AuditOptions& options);

// An inclusion proof of an event; without one, a consistency proof from `checkpoint` to the newest.
[[nodiscard]] ledger::Result<ExitCode> run_audit_prove(const AuditOptions& options);

// An inclusion proof of each event of an account.
[[nodiscard]] ledger::Result<ExitCode> run_audit_bundle(const AuditOptions& options);

// A proof, bundle or checkpoint, without a data directory: the keys are what is believed.
[[nodiscard]] ledger::Result<ExitCode> run_audit_check(const AuditOptions& options);

struct KeygenOptions {
    std::string data;
    std::string name = {};  // empty: one that no other log has
    bool rotate = false;
};

// Makes the key that signs checkpoints, or the one that takes over, and prints the public key.
[[nodiscard]] ledger::Result<ExitCode> run_keygen(const KeygenOptions& options);

}  // namespace tools
