// The end of a process that found what it needs damaged where no error can be returned: a row that
// is fetched from disk when it is looked at. Nothing that was acknowledged is lost by it.
#pragma once

#include "ledger/base/result.h"

namespace ledger {

// Of every process that finds damage.
inline constexpr int corrupt_status = 4;

// Prints the error and ends the process at once, from any thread.
[[noreturn]] void fail_stop(const Error& error) noexcept;

}  // namespace ledger
