// `archive`: the beginning of a log in one compressed file that proves itself, for when the log is
// no longer at hand.
#pragma once

#include "ledger/base/result.h"
#include "ledger/proof/note_key.h"
#include "ledger/proof/tree_verify.h"
#include "tools/exit_code.h"
#include "tools/output.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tools {

struct ArchiveOptions {
    std::string data;
    OutputFormat output = OutputFormat::jsonl;
    std::string to;         // a time or a sequence; empty: the whole log
    std::string file;       // to be written, or to be verified
    std::string keys_path;  // of verifier keys; empty: the data directory's
    std::string config_path;
};

struct VerifiedArchive {
    std::string origin;
    ledger::proof::TreeHead tree;    // of its records, as it was signed
    std::int64_t recorded_from = 0;  // of the first record and the last, in Unix nanoseconds
    std::int64_t recorded_to = 0;
};

// Reads the whole file: every checksum, record, checkpoint, and the root that was signed. corrupt
// with what is wrong and where. `keys` are believed.
[[nodiscard]] ledger::Result<VerifiedArchive> verify_archive(
    const std::string& path, std::vector<ledger::proof::VerifierKey> keys);

// Writes the records that the newest checkpoint at or before `to` is of, verified when the file has
// its name. not_found where nothing was signed by then.
[[nodiscard]] ledger::Result<ExitCode> run_archive_create(const ArchiveOptions& options);

// Without a data directory where the keys are given.
[[nodiscard]] ledger::Result<ExitCode> run_archive_verify(const ArchiveOptions& options);

// Lets a log whose beginning was dropped read it from the archive. not_allowed where it is not the
// one that the log names.
[[nodiscard]] ledger::Result<ExitCode> run_archive_attach(const ArchiveOptions& options);

// Drops the records that the archive holds, all but those of the last tile that it does not fill.
// No server may run. not_allowed where the log does not begin with them, or where one of them is
// younger than the configuration's retention.
[[nodiscard]] ledger::Result<ExitCode> run_archive_drop(const ArchiveOptions& options);

// For these commands: the keys that are believed, and what is said of an archive that holds.
[[nodiscard]] ledger::Result<std::vector<ledger::proof::VerifierKey>> believed_keys_of(
    const ArchiveOptions& options);
void print_archive(const ArchiveOptions& options, const VerifiedArchive& archive);

}  // namespace tools
