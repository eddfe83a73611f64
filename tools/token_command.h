// `copyledger token`: who may talk to the server. Works beside a running one.
#pragma once

#include "ledger/base/result.h"
#include "tools/exit_code.h"
#include "tools/output.h"

#include <string>

namespace tools {

struct TokenOptions {
    std::string data;
    OutputFormat output = OutputFormat::jsonl;
};

// The token is printed once and cannot be shown again.
[[nodiscard]] ledger::Result<ExitCode> run_token_create(const TokenOptions& options,
                                                        const std::string& role);
[[nodiscard]] ledger::Result<ExitCode> run_token_revoke(const TokenOptions& options,
                                                        const std::string& id);
[[nodiscard]] ledger::Result<ExitCode> run_token_list(const TokenOptions& options);

}  // namespace tools
