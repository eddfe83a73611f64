#include "ledger/base/fail_stop.h"

#include <cstdio>
#include <cstdlib>

namespace ledger {

// Destructors would run while other threads still use what they destroy.
void fail_stop(const Error& error) noexcept {
    std::fprintf(stderr, "copyledger: %s\n", error.detail.c_str());
    std::_Exit(corrupt_status);
}

}  // namespace ledger
