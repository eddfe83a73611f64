// `backup` and `restore`: a ledger copied record by record into another directory, and read back.
#pragma once

#include "ledger/base/result.h"
#include "tools/exit_code.h"
#include "tools/output.h"

#include <string>

namespace tools {

struct CopyOptions {
    std::string
        from;        // a data directory; one that is being written to is read up to its end of now
    std::string to;  // must not exist, or be empty
    OutputFormat output = OutputFormat::table;
    bool subject_keys = true;  // theirs are copied too
};

// Copies the log and the small files beside it, keys and tokens too, into `to`, which is whole or
// not there: the work is done in `to`.part. Of the subjects' keys those that the log says are
// destroyed are left out. Every record is read back and compared before that.
// Snapshots are left out: they are made again. invalid_input naming "DIR" where something is in the
// way; corrupt where the source is damaged.
[[nodiscard]] ledger::Result<ExitCode> run_copy(const CopyOptions& options);

}  // namespace tools
