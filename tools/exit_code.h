// What the process's exit status says (spec: interfaces, "The CLI").
#pragma once

#include "ledger/base/fail_stop.h"
#include "ledger/base/result.h"

namespace tools {

enum class ExitCode : int {
    done = 0,
    findings = 1,  // differences were found
    usage = 2,
    cannot_open = 3,                   // or connect
    corrupt = ledger::corrupt_status,  // or tampered
    outcomes_unknown = 5,
    refused = 6,         // a conflict, or not allowed
    storage_failed = 7,  // a write or sync failed; what was acknowledged is safe
};

[[nodiscard]] constexpr ExitCode exit_code_of(const ledger::Error& error) {
    switch (error.code) {
        case ledger::Errc::invalid_input:
            return ExitCode::usage;
        case ledger::Errc::not_found:
            return ExitCode::findings;
        case ledger::Errc::conflict:
        case ledger::Errc::not_allowed:
            return ExitCode::refused;
        case ledger::Errc::overloaded:
        case ledger::Errc::unavailable:
            return ExitCode::cannot_open;
        case ledger::Errc::corrupt:
            return ExitCode::corrupt;
        case ledger::Errc::storage_failed:
            return ExitCode::storage_failed;
    }
    return ExitCode::cannot_open;
}

}  // namespace tools
