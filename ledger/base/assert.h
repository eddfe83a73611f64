// Always-on assertions for programmer errors; never for input.
#pragma once

namespace ledger {

// Prints the condition and its place to standard error and aborts.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line) noexcept;

}  // namespace ledger

#define LEDGER_ASSERT(condition)                                        \
    do {                                                                \
        if (!(condition)) [[unlikely]]                                  \
            ::ledger::assertion_failed(#condition, __FILE__, __LINE__); \
    } while (false)
