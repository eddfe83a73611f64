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

}  // namespace tools
