// What the audit's commands read and write besides the log.
#pragma once

#include "ledger/base/result.h"
#include "ledger/proof/note_key.h"
#include "tools/audit_commands.h"

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

// Checkpoints and single proofs; no such file is larger. unavailable where it cannot be read.
[[nodiscard]] ledger::Result<std::string> read_text_file(const std::string& path);

// The keys of --pubkey or of the data directory; invalid_input where there are none.
[[nodiscard]] ledger::Result<std::vector<ledger::proof::VerifierKey>> believed_keys(
    const AuditOptions& options);

// Lines for a file, or for standard output where its name is "-".
class LineSink {
  public:
    // unavailable where it cannot be made.
    [[nodiscard]] static ledger::Result<LineSink> open(const std::string& path);

    void write(std::string_view line);

    // storage_failed where anything could not be written.
    [[nodiscard]] ledger::Result<void> finish();

  private:
    std::string path_;
    std::ofstream file_;  // closed: standard output
};

}  // namespace tools
