// `copyledger halt`, `resume`, `resolve` and `subject erase`: a person's word to the ledger. It
// goes to the server that holds the data directory, or to the one that is named, and into the log
// itself where no server holds it.
#pragma once

#include "ledger/base/result.h"
#include "tools/exit_code.h"
#include "tools/output.h"

#include <string>

namespace tools {

struct OperatorOptions {
    std::string data;
    std::string config_path;
    std::string url;         // of a server; empty: the one that holds the directory, if one does
    std::string token_file;  // else COPYLEDGER_TOKEN, else the directory's admin.token
    OutputFormat output = OutputFormat::jsonl;
};

// An empty account is the whole ledger. `why` must not be empty, here and below.
[[nodiscard]] ledger::Result<ExitCode> run_halt(const OperatorOptions& options,
                                                const std::string& account, const std::string& why);
[[nodiscard]] ledger::Result<ExitCode> run_resume(const OperatorOptions& options,
                                                  const std::string& account,
                                                  const std::string& why);

struct Resolution {
    std::string intent;  // its id, or the ClOrdID of the order that it places
    std::string found;   // the broker's order id; empty: the order was not placed
    bool not_placed = false;
    std::string why;
};

// Refused unless the intent waits for a person (NEEDS_REVIEW).
[[nodiscard]] ledger::Result<ExitCode> run_resolve(const OperatorOptions& options,
                                                   const Resolution& resolution);

// Records that the person of a closed account is erased, and destroys the key of what is sealed for
// them. Again, it does what an earlier time did not come to.
[[nodiscard]] ledger::Result<ExitCode> run_erase(const OperatorOptions& options,
                                                 const std::string& account,
                                                 const std::string& why);

}  // namespace tools
